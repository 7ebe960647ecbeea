"""Who is let in, as what; whatever is unclear keeps the door closed."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from nethealth.ui.access import AccessState, Role, https_host_of, is_loopback, policy_from, role_by_email

HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("three warm words")
LISTS = {
    "staff": ["ana@ESO.example.org"],
    "weavers": ["wen@example.org", "ana@eso.example.org"],
    "viewers": ["example.org", "guest@Else.example.com", "@district.example", "KI@else.example.com"],
}


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST", "::1", "[::1]", "::ffff:127.0.0.1"]
)
def test_loopback_without_section_is_open(address: str) -> None:
    assert is_loopback(address)
    assert policy_from(address, section=None, has_auth=False).state is AccessState.OPEN


@pytest.mark.parametrize(
    "address",
    [
        None,
        True,
        "",
        "0.0.0.0",
        "::",
        "192.168.1.4",
        "10.0.0.1",
        "example.org",
        "localhost.example.org",
        "127.0.0.1.nip.io",
        "unix:///run/x",
    ],
)
def test_other_address_without_section_is_sample(address: object) -> None:
    assert not is_loopback(address)
    assert policy_from(address, section=None, has_auth=True).state is AccessState.SAMPLE


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0", None])
def test_section_is_enforced_on_every_address(address: str | None) -> None:
    assert policy_from(address, section={"staff_passcode": HASH}, has_auth=False).state is AccessState.GUARDED


@pytest.mark.parametrize(
    "section",
    [
        {},
        [],
        "everyone",
        True,
        {"viewers": []},
        {"viewers": "*"},
        {"viewers": ["*"]},
        {"viewers": ["*.example.org"]},
        {"viewers": ["example"]},
        {"viewers": ["a b@example.org"]},
        {"viewers": ["@"]},
        {"viewers": [""]},
        {"viewers": [None]},
        {"viewers": {"example.org": True}},
        {"weavers": ["*"]},
        {"weaver": ["wen@example.org"]},
        {"weaver_passcode": "three warm words"},
        {"viewers": True},
        {"staff": ["ana@example.org"], "viewer": ["example.org"]},
        {"staff_passcode": "three warm words"},
        {"staff_passcode": ""},
        {"staff_passcode": None},
        {"viewer_passcode": HASH, "staff_passcode": "plain"},
    ],
)
def test_unclear_section_is_closed(section: object) -> None:
    policy = policy_from("127.0.0.1", section=section, has_auth=True)
    assert policy.state is AccessState.CLOSED
    assert policy.reason
    assert not policy.people
    assert not policy.passcodes


def test_people_without_auth_are_closed() -> None:
    assert policy_from("0.0.0.0", section=LISTS, has_auth=False).state is AccessState.CLOSED
    both = policy_from("0.0.0.0", section=LISTS | {"viewer_passcode": HASH}, has_auth=False)
    assert both.state is AccessState.GUARDED
    assert not both.has_auth


@pytest.mark.parametrize(
    ("email", "expected"),
    [
        ("ana@eso.example.org", Role.STAFF),
        (" ANA@eso.Example.org ", Role.STAFF),
        ("wen@example.org", Role.WEAVER),
        ("bo@example.org", Role.VIEWER),
        ("guest@else.example.com", Role.VIEWER),
        ("cy@district.example", Role.VIEWER),
        ("bo@eso.example.org", None),
        ("bo@notexample.org", None),
        ("bo@example.org.evil.com", None),
        ("example.org", None),
        ("@example.org", None),
        ("bo@evil.com@example.org", None),
        ("ana@e\u017fo.example.org", None),
        ("\u212ai@else.example.com", None),
        ("bo@ex\u0430mple.org", None),
        ("bo@evil.com,x@example.org", None),
        ("", None),
        (None, None),
        (["ana@eso.example.org"], None),
    ],
)
def test_email_matches_whole_or_by_domain(email: object, expected: Role | None) -> None:
    policy = policy_from("0.0.0.0", section=LISTS, has_auth=True)
    assert role_by_email(policy, email=email, verified=None) is expected
    assert role_by_email(policy, email=email, verified=True) is expected


@pytest.mark.parametrize("verified", [False, "false", "False", 0, "0", "no", "", [], {}])
def test_unverified_email_has_no_role(verified: object) -> None:
    policy = policy_from("0.0.0.0", section=LISTS, has_auth=True)
    assert role_by_email(policy, email="ana@eso.example.org", verified=verified) is None


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ({"staff": ["ana@example.org"], "viewer": ["example.org"]}, "viewer"),
        ({"staff": ["a b@example.org"]}, "staff"),
        ({"viewers": {"example.org": True}}, "viewers"),
        ({"staff_passcode": "three warm words"}, "staff_passcode"),
        ({}, "[access]"),
    ],
)
def test_reason_names_the_key_and_never_the_value(section: object, key: str) -> None:
    reason = policy_from("127.0.0.1", section=section, has_auth=True).reason
    assert key in reason
    assert "warm" not in reason
    assert reason.endswith(".")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(JSON, st.sampled_from(["viewers", "staff", "viewer_passcode", "staff_passcode", "x"]), st.text(max_size=30))
def test_any_section_keeps_strangers_out(value: object, key: str, email: str) -> None:
    for section in (value if value is not None else "x", {key: value}):
        policy = policy_from("127.0.0.1", section=section, has_auth=True)
        assert policy.state in (AccessState.CLOSED, AccessState.GUARDED)
        named = {entry for entries in policy.people.values() for entry in entries}
        someone = role_by_email(policy, email=email, verified=True)
        assert (
            someone is None or email.strip().casefold().rpartition("@")[2] in named or email.strip().casefold() in named
        )


@pytest.mark.parametrize(
    ("auth", "host"),
    [
        ({"redirect_uri": "https://Health.example.org:8443/oauth2callback"}, "health.example.org"),
        ({"redirect_uri": "http://localhost:8501/oauth2callback"}, ""),
        ({"redirect_uri": "https://[health/oauth2callback"}, ""),
        ({"redirect_uri": 7}, ""),
        ({}, ""),
        (None, ""),
        ("text", ""),
    ],
)
def test_https_host_is_that_of_the_redirect(auth: object, host: str) -> None:
    assert https_host_of(auth) == host


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("sign_in_days", 0),
        ("sign_in_days", 31),
        ("idle_hours", 0),
        ("idle_hours", "never"),
        ("embed_in", ["*"]),
        ("embed_in", ["intranet.example.org"]),
        ("embed_in", ["https://intranet.example.org; script-src *"]),
        ("embed_in", ["https://intranet.example.org/page"]),
        ("embed_in", ["javascript:x"]),
    ],
)
def test_unclear_limit_or_frame_lets_no_one_in(setting: str, value: object) -> None:
    policy = policy_from("0.0.0.0", section={"staff_passcode": HASH, setting: value}, has_auth=False)
    assert policy.state is AccessState.CLOSED
    assert setting in policy.reason


def test_limits_and_frames_are_read() -> None:
    section = {
        "staff_passcode": HASH,
        "sign_in_days": 2,
        "idle_hours": 3,
        "embed_in": ["https://Intranet.example.org/", "https://*.circles.example:8443"],
    }
    policy = policy_from("0.0.0.0", section=section, has_auth=False)
    assert (policy.longest_sign_in, policy.most_idle) == (172_800, 10_800)
    assert policy.embed_in == ("https://intranet.example.org", "https://*.circles.example:8443")
