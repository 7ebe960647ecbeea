"""Network addresses of visitors: those that count as one, and those that we may keep."""

from __future__ import annotations

import ipaddress

__all__ = ["network_of", "shortened"]

UNKNOWN = "unknown"


def network_of(address: object) -> str | None:
    """Return the network whose attempts count together: one IPv4 address, or the /64 of an IPv6 address.

    None if we can't tell, as with everyone behind a proxy on this machine that doesn't pass addresses on.

    Examples:
        >>> network_of("203.0.113.7"), network_of("::ffff:203.0.113.7"), network_of("2001:db8:1:2:3::4")
        ('203.0.113.7', '203.0.113.7', '2001:db8:1:2::/64')
    """
    parsed = _parse(address)
    return None if parsed is None else str(parsed) if parsed.version == 4 else str(_around(parsed, 64))


def shortened(address: object) -> str:
    """Return the part of an address that we may keep: IPv4 without the last of four numbers, IPv6 the first 48 bits.

    Examples:
        >>> shortened("203.0.113.7"), shortened("2001:db8:1:2:3::4"), shortened("me")
        ('203.0.113.x', '2001:db8:1::x', 'unknown')
    """
    parsed = _parse(address)
    if parsed is None:
        return UNKNOWN
    if parsed.version == 4:
        return f"{str(parsed).rpartition('.')[0]}.x"
    return f"{_around(parsed, 48).network_address}x"


def _parse(address: object) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    if not isinstance(address, str):
        return None
    try:
        parsed = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _around(address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> ipaddress.IPv6Network:
    return ipaddress.IPv6Network((int(address), bits), strict=False)
