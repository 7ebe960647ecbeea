"""JSON that holds no network is refused."""

import pytest

from nethealth.errors import FileDamaged, UnsupportedFile
from nethealth.sources import read_file


@pytest.mark.parametrize("text", ['{"nodes": []}', "[1, 2]", '{"elements": 3}'])
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedFile):
        read_file(text.encode(), "map.json")


@pytest.mark.parametrize("text", ['{"elements": [', "{" * 100_000, '{"elements":' + "[" * 100_000])
def test_broken_and_deep_json_is_refused(text: str) -> None:
    with pytest.raises(FileDamaged):
        read_file(text.encode(), "map.json")
