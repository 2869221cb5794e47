"""Addresses: one page under many spellings, and what is left of one when nobody is tracked."""

from __future__ import annotations

import pytest

from dragoman.addresses import host_of, normal_address, resolve, without_tracking

SAME = [
    "https://www.harbourtimes.example/sea/crossing",
    "http://harbourtimes.example/sea/crossing/",
    "https://harbourtimes.example:443/sea/crossing?utm_source=feed&fbclid=1#comments",
    "HTTPS://HarbourTimes.example/sea/./crossing",
]


@pytest.mark.parametrize("address", SAME)
def test_spellings_of_one_address(address: str) -> None:
    assert normal_address(address) == "harbourtimes.example/sea/crossing"


def test_a_parameter_that_names_the_page_stays() -> None:
    assert normal_address("https://a.example/x?id=7&b=2") == "a.example/x?b=2&id=7"


@pytest.mark.parametrize("address", [None, "", "mailto:a@b.example", "http://[", "file:///x", "x"])
def test_what_is_no_page_has_no_normal_form(address: str | None) -> None:
    assert normal_address(address) is None


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/x?utm_source=rss&id=7#top", "https://a.example/x?id=7"),
        ("http://a.example/x?b=2&a=%20&UTM_Medium=feed", "http://a.example/x?b=2&a=%20"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        ("https://a.example/x?y=1;z=2", "https://a.example/x?y=1;z=2"),
    ],
)
def test_without_tracking_the_rest_stays_as_written(address: str, kept: str) -> None:
    assert without_tracking(address) == kept
    assert normal_address(address) == normal_address(kept)


def test_a_relative_address_needs_its_page() -> None:
    assert resolve("../b?c=1", "https://a.example/x/y") == "https://a.example/b?c=1"
    assert resolve("//b.example/z", "https://a.example/") == "https://b.example/z"
    assert resolve("mailto:a@b.example", "https://a.example/") is None
    assert resolve("x", None) is None


def test_a_host_without_a_dot_is_believed_to_its_own_pages_only() -> None:
    assert normal_address("http://intranet:8080/news/1?utm_source=x") == "intranet:8080/news/1"
    assert resolve("http://intranet/news/1", "http://intranet/feed.xml") == "http://intranet/news/1"
    assert resolve("http://[::1]:81/a", "http://[::1]:81/") == "http://[::1]:81/a"
    assert resolve("http://localhost/draft", "https://a.example/x") is None
    assert resolve("http://localhost/draft", None) is None
    assert normal_address("http://read more/") is None


def test_the_host_has_its_port_and_no_user() -> None:
    assert host_of("https://user@A.example:8080/x") == "a.example:8080"
    assert host_of("no address") == host_of("http://[") == ""
