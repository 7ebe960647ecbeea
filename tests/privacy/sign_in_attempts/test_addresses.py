"""Which addresses count as one, and what we keep of them."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nethealth.privacy.sign_in_attempts.addresses import network_of, shortened


@pytest.mark.parametrize(
    ("address", "network", "short"),
    [
        ("203.0.113.7", "203.0.113.7", "203.0.113.x"),
        ("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.x"),
        ("[::ffff:cb00:7107]", "203.0.113.7", "203.0.113.x"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::x"),
        ("2001:DB8:1:2::1", "2001:db8:1:2::/64", "2001:db8:1::x"),
        ("fe80::1%eth0", "fe80::/64", "fe80::x"),
        ("", None, "unknown"),
        (None, None, "unknown"),
        ("proxy.example", None, "unknown"),
        ("<script>", None, "unknown"),
        ("1" * 9_000, None, "unknown"),
    ],
)
def test_addresses_of_one_owner_are_one_network(address: object, network: str | None, short: str) -> None:
    assert network_of(address) == network
    assert shortened(address) == short


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_whole_ipv6_network_counts_as_one(address: ipaddress.IPv6Address, host: int) -> None:
    if address.ipv4_mapped is None:
        neighbor = ipaddress.IPv6Address(int(address) >> 64 << 64 | host)
        assert network_of(str(neighbor)) == network_of(str(address))
        assert shortened(str(neighbor)) == shortened(str(address))
