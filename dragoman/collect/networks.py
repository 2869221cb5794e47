"""Which addresses of the network are public: an IP address in, yes or no out.

Only what is routed to everybody is public. Addresses that carry an IPv4 address inside
(mapped, translated, tunnelled) are as public as that one. Resolves nothing.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_GLOBAL_UNICAST = IPv6Network("2000::/3")
_TRANSLATED = IPv6Network("64:ff9b::/96")
# Special purposes inside 2000::/3 that older versions of `ipaddress` take for public: protocol
# assignments with Teredo and ORCHID, and documentation (RFC 6890, RFC 9637).
_SPECIAL = (IPv6Network("2001::/23"), IPv6Network("2001:db8::/32"), IPv6Network("3fff::/20"))
# Protocol assignments, and the way into 6to4, given back by RFC 7526.
_SPECIAL_V4 = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))
_NUMBER = re.compile(r"0[xX][0-9A-Fa-f]*|\d+")


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver gives it, is reachable by everybody."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_public_v4(found)
    inner = _inside(found)
    if inner is not None:
        return _is_public_v4(inner)
    return (
        found in _GLOBAL_UNICAST
        and found.is_global
        and not any(found in network for network in _SPECIAL)
    )


def is_odd_number(host: str) -> bool:
    """Whether a host is an IPv4 address in a spelling nobody needs: `2130706433`, `0x7f.1`."""
    last = host.rstrip(".").rpartition(".")[2]
    if ":" in host or not _NUMBER.fullmatch(last):
        return False
    try:
        IPv4Address(host)
    except ValueError:
        return True
    return False


def _is_public_v4(address: IPv4Address) -> bool:
    special = any(address in network for network in _SPECIAL_V4)
    return address.is_global and not (address.is_multicast or address.is_reserved or special)


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that packets to this one end at: mapped, NAT64 or 6to4."""
    if address in _TRANSLATED:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour
