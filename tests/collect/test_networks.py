"""Which addresses count as public, in all their spellings."""

from __future__ import annotations

import pytest

from dragoman.collect.networks import is_odd_number, is_public

PRIVATE = [
    "127.0.0.1",  # this machine
    "127.8.8.8",
    "::1",
    "0.0.0.0",  # unspecified, which connects to this machine
    "::",
    "10.0.0.1",  # private networks
    "172.16.0.1",
    "192.168.1.1",
    "fc00::1",
    "fd12:3456:789a::1",
    "169.254.169.254",  # link-local, where clouds keep their secrets
    "fe80::1",
    "fe80::1%2",
    "100.64.0.1",  # carrier-grade NAT
    "192.0.0.8",  # protocol assignments
    "192.0.2.1",  # documentation
    "198.51.100.7",
    "203.0.113.9",
    "2001:db8::1",
    "3fff::1",
    "198.18.0.1",  # benchmarks
    "192.88.99.1",  # retired 6to4 relays
    "224.0.0.1",  # multicast
    "239.255.255.250",
    "ff02::1",
    "ff0e::1",
    "240.0.0.1",  # reserved
    "255.255.255.255",
    "::ffff:127.0.0.1",  # IPv4 inside IPv6: mapped
    "::ffff:10.0.0.1",
    "::127.0.0.1",  # compatible, long retired
    "64:ff9b::127.0.0.1",  # NAT64
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808",  # NAT64 for local use
    "2002:7f00:1::",  # 6to4
    "2002:a00:1::1",
    "2001:0:7f00:1::",  # Teredo
    "100::1",  # discard
    "5f00::1",  # segment routing
    "not an address",
    "",
]
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "2a00:1450:4007::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.0.0.1", "127.0.0.1.", "1.2.3", "0x"],
)
def test_odd_numbers(host: str) -> None:
    assert is_odd_number(host)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "8.8.8.8", "example.org", "3.example", "a.0xb.example", "::1", "1e100.net"],
)
def test_usual_hosts(host: str) -> None:
    assert not is_odd_number(host)
