"""Which addresses a webhook may have and which machines are called: nothing inside a private network, whatever its name."""

from __future__ import annotations

import socket
import ssl
from ipaddress import IPv4Address, ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from apps.feeds.policies.addresses import Target, is_inside, may_call, target_of
from apps.feeds.services import posting
from apps.feeds.services.posting import NotSent, post
from tests.feeds.receiving import Receiver, papers_for, receiving

INSIDE = [
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", str(IPv4Address(0)), "127.0.0.1", "127.8.8.8",
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1",
    "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "2002:a00:1::", "64:ff9b::a00:1", "64:ff9b::7f00:1", "2001:db8::1",
]  # fmt: skip
OUTSIDE = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INSIDE)
def test_no_private_address_is_called(address: str) -> None:
    assert not may_call(ip_address(address))
    assert is_inside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_internet_is_called(address: str) -> None:
    assert may_call(ip_address(address))
    assert not is_inside(address)


def test_loopback_alone_can_be_allowed(settings: Any) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = True
    called = {address for address in INSIDE if may_call(ip_address(address))}
    assert called == {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"}


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.org", Target("https", "example.org", 443, "/")),
        ("https://example.org:8443/a/b?c=d", Target("https", "example.org", 8443, "/a/b?c=d")),
        ("HTTPS://EXAMPLE.org/X", Target("https", "example.org", 443, "/X")),
        ("https://[2606:2800:220:1::1]/", Target("https", "2606:2800:220:1::1", 443, "/")),
        ("https://xn--wgv71a.jp/", Target("https", "xn--wgv71a.jp", 443, "/")),
    ],
)
def test_a_whole_address_on_https(url: str, target: Target) -> None:
    assert target_of(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "//example.org/", "http://example.org/", "http://127.0.0.1/", "ftp://example.org/", "file:///etc/passwd",
        "https://", "https:///x", "https://user@example.org/", "https://user:word@example.org/", "https://example.org/#x",
        "https://example.org:0/", "https://example.org:99999/", "https://example.org:x/", "https://exa mple.org/",
        "https://example.org/\r\nHost: x", "https://日本.jp/", "https://[::1/", "https://example.org\\@127.0.0.1/", "gopher://x/",
        f"https://example.org/{'x' * 500}",
    ],
)  # fmt: skip
def test_anything_else_is_refused(url: str) -> None:
    assert target_of(url) is None
    with pytest.raises(NotSent, match="not one that is called"):
        post(url, b"{}", {})


def test_http_is_for_this_machine_and_only_where_it_is_allowed(settings: Any) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = True
    assert target_of("http://127.0.0.1:8080/") == Target("http", "127.0.0.1", 8080, "/")
    assert target_of("http://localhost/") == Target("http", "localhost", 80, "/")
    assert target_of("http://example.org/") is None
    assert target_of("http://10.0.0.1/") is None


# --- A name is judged by what it resolves to ------------------------------------------------------


def resolving_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Let every name have these addresses."""

    def resolved(_name: str, port: int, *_given: object, **_named: object) -> list[Any]:
        families = [socket.AF_INET6 if ":" in one else socket.AF_INET for one in addresses]
        return [(family, socket.SOCK_STREAM, 6, "", (one, port)) for family, one in zip(families, addresses, strict=True)]

    monkeypatch.setattr(posting.socket, "getaddrinfo", resolved)


@pytest.mark.parametrize(
    "addresses", [["10.0.0.7"], ["8.8.8.8", "10.0.0.7"], ["169.254.169.254"], ["::ffff:127.0.0.1"], ["fe80::1%eth0"]]
)
def test_a_name_that_leads_inside_is_not_called(addresses: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    resolving_to(monkeypatch, *addresses)
    monkeypatch.setattr(posting.socket, "create_connection", lambda *given, **_named: called.append(given))
    with pytest.raises(NotSent, match=r"lies inside a private network"):
        post("https://harmless.example.org/", b"{}", {})
    assert called == []


def test_numbers_in_disguise_lead_inside() -> None:
    """What the C library reads as an address is judged as that address."""
    for host in ("2130706433", "0x7f.1", "127.1", "017700000001"):
        with pytest.raises(NotSent):
            post(f"https://{host}/", b"{}", {})


def test_what_was_judged_is_what_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that resolves otherwise a moment later changes nothing: it is resolved once."""
    called: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], _timeout: float) -> None:
        called.append(address)
        raise ConnectionRefusedError(111, "refused")

    resolving_to(monkeypatch, "93.184.216.34", "8.8.8.8")
    monkeypatch.setattr(posting.socket, "create_connection", connect)
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        post("https://example.org/", b"{}", {})
    assert called == [("93.184.216.34", 443)]


def test_a_name_of_this_machine_is_called_without_encryption_at_itself_only(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post(receiver.url, b"{}", {}) == 200
    resolving_to(monkeypatch, "8.8.8.8")
    with pytest.raises(NotSent, match="lies inside a private network"):
        post("http://localhost/", b"{}", {})


def test_this_machine_too_is_called_at_what_was_judged(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    called: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], _timeout: float) -> None:
        called.append(address)
        raise ConnectionRefusedError(111, "refused")

    settings.WEBHOOKS_TO_LOOPBACK = True
    resolving_to(monkeypatch, "127.0.0.1")
    monkeypatch.setattr(posting.socket, "create_connection", connect)
    with pytest.raises(NotSent, match="ConnectionRefusedError"):
        post("http://localhost:8080/", b"{}", {})
    assert called == [("127.0.0.1", 8080)]


def test_what_is_encrypted_goes_to_whoever_has_the_certificate_of_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WEBHOOKS_TO_LOOPBACK = True
    papers = papers_for("hooks.example.org", tmp_path)
    resolving_to(monkeypatch, "127.0.0.1")
    with receiving(papers) as one:
        port = urlsplit(one.url).port
        with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
            post(f"https://hooks.example.org:{port}/", b"{}", {})
        trusting = ssl.create_default_context(cafile=papers)
        monkeypatch.setattr(posting.ssl, "create_default_context", lambda: trusting)
        with pytest.raises(NotSent, match="Hostname mismatch"):
            post(f"https://others.example.org:{port}/", b"{}", {})
        assert one.got == []
        assert post(f"https://hooks.example.org:{port}/", b"{}", {}) == 200
    [(headers, body)] = one.got
    assert (headers["Host"], body) == (f"hooks.example.org:{port}", b"{}")


def test_no_encryption_where_it_is_asked_for_is_no_delivery(receiver: Receiver) -> None:
    """Against a program that speaks no TLS at all the handshake fails, and nothing is sent."""
    with pytest.raises(NotSent, match=r"SSLError|RemoteDisconnected|ConnectionReset"):
        post(receiver.url.replace("http://", "https://"), b"{}", {})
    assert receiver.got == []


def test_a_name_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_given: object, **_named: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(posting.socket, "getaddrinfo", unknown)
    with pytest.raises(NotSent, match="gaierror"):
        post("https://nowhere.example.org/", b"{}", {})
