from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.errors import FileNotFound, UsageError
from nethealth.sources import FileReference, SampleReference, SheetReference, parse_link, parse_reference

ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"
BASE = "https://docs.google.com/spreadsheets"


@pytest.mark.parametrize(
    "text",
    [
        f"{BASE}/d/{ID}/edit#gid=123",
        f"{BASE}/d/{ID}/edit?gid=0#gid=0",
        f"{BASE}/d/{ID}",
        f"{BASE}/d/{ID}/",
        f"{BASE}/u/1/d/{ID}/edit",
        f"{BASE}/u/0/d/{ID}/htmlview#",
        f"{BASE}/d/{ID}/copy",
        f"{BASE}/d/{ID}/export?format=xlsx",
        f"{BASE}/d/{ID}/gviz/tq?tqx=out:csv&sheet=Members",
        f"https://docs.google.com/a/example.org/spreadsheets/d/{ID}/edit",
        f"http://docs.google.com/spreadsheets/d/{ID}/edit",
        f"HTTPS://Docs.Google.Com/spreadsheets/d/{ID}/edit",
        f"docs.google.com/spreadsheets/d/{ID}/edit",
        f"https://spreadsheets.google.com/ccc?key={ID}",
        f'  "<{BASE}/d/{ID}/edit>" \n',
        f"\u200b{ID}",
        ID,
    ],
)
def test_links_and_ids_are_parsed(text: str) -> None:
    assert parse_reference(text) == SheetReference(ID)
    assert parse_link(text) == SheetReference(ID)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (f"{BASE}/d/e/2PACX-1vQ7abcdefghijklmnop/pubhtml", "published"),
        (f"{BASE}/u/2/d/e/2PACX-1vQ7abcdefghijklmnop/pub?output=csv", "published"),
        (f"https://drive.google.com/file/d/{ID}/view?usp=sharing", "file in Google Drive"),
        (f"https://drive.google.com/open?id={ID}", "file in Google Drive"),
        (f"https://drive.google.com/drive/folders/{ID}", "folder in Google Drive"),
        ("https://docs.google.com/forms/d/e/1FAIpQLSabcdefghijk/viewform", "Google Form"),
        ("https://forms.gle/abcdefg", "Google Form"),
        (f"https://docs.google.com/document/d/{ID}/edit", "Google Doc"),
        (f"https://docs.google.com/presentation/d/{ID}/edit", "Slides"),
        (f"{BASE}/u/0/", "one particular"),
        (f"{BASE}/d/short/edit", "incomplete"),
        (f"{BASE}/d/{ID[:12]}%2e%2e%2fx/edit", "incomplete"),
        ("https://onedrive.live.com/edit.aspx?id=1", "onedrive.live.com"),
        (f"https://evil.example/spreadsheets/d/{ID}/edit", "evil.example"),
        (f"https://docs.google.com.evil.example/spreadsheets/d/{ID}", "docs.google.com.evil.example"),
        (f"https://docs.google.com@evil.example/spreadsheets/d/{ID}", "evil.example"),
        ("www.example.org/sheet", "www.example.org"),
        ("http://[::1", "incomplete"),
        ("file:///etc/passwd", "isn’t a link to a Google Sheet"),
        ("javascript:alert(1)", "isn’t a link to a Google Sheet"),
        ("our network sheet", "isn’t a link to a Google Sheet"),
        ("x" * 50_000 + " ", "isn’t a link to a Google Sheet"),
        ("", "No link"),
        ("  ", "No link"),
    ],
)
def test_wrong_link_is_explained(text: str, term: str) -> None:
    for parse in (parse_reference, parse_link):
        with pytest.raises(UsageError) as caught:
            parse(text)
        assert term in caught.value.message
        assert caught.value.remedy
        assert len(caught.value.message) < 250


@pytest.mark.parametrize("text", ["nowhere.xlsx", "folder/nowhere", "../nowhere.csv", "./my.folder/book.ods", "a\\b"])
def test_missing_file_raises(text: str) -> None:
    with pytest.raises(FileNotFound, match="couldn’t find"):
        parse_reference(text)


def test_existing_file_or_folder_is_found(tmp_path: Path) -> None:
    named_as_an_id = tmp_path / ("a" * 30)
    named_as_an_id.write_text("x")
    for path in (tmp_path, named_as_an_id):
        assert parse_reference(str(path)) == FileReference(path)


def test_sample_ignores_case() -> None:
    assert parse_reference(" Sample ") == SampleReference()


def test_pasted_path_never_touches_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "private.xlsx"
    file.write_bytes(b"x")
    for text in (str(file), "/etc/passwd", "sample"):
        with pytest.raises(UsageError):
            parse_link(text)


@pytest.mark.parametrize("text", ["", "our network sheet", "sample", "ftp://example.org"])
def test_pasted_text_gets_a_remedy_without_paths(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_link(text)
    assert "paste it here" in caught.value.remedy
    assert "folder" not in caught.value.remedy
    assert "sample" not in caught.value.remedy


@given(st.text(max_size=80) | st.text(alphabet="htps:/.?#@[]%dgole0ACX-", max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_raises_only_our_errors(text: str) -> None:
    for parse in (parse_reference, parse_link):
        try:
            reference = parse(text)
        except UsageError:
            continue
        except FileNotFound:
            assert parse is parse_reference
            continue
        assert isinstance(reference, SheetReference | FileReference | SampleReference)
