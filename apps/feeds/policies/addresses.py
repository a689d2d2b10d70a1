"""Which addresses a webhook may have, and which machines this site calls: never one inside a private network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

PRINTABLE = re.compile(r"[!-~]{1,500}")
PORTS = {"https": 443, "http": 80}
# Addresses of IPv6 behind which a translator finds one of IPv4, which stands at their end.
TRANSLATED = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes, and by which name."""

    scheme: str
    host: str
    port: int
    path: str


def target_of(url: str) -> Target | None:
    """A whole address in ASCII on https; on http only one of this machine, where that is allowed. None for any other."""
    try:
        parts = urlsplit(url if PRINTABLE.fullmatch(url) else "")
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    odd = not host or "@" in parts.netloc or "\\" in url or "#" in url or port == 0
    if odd or not (parts.scheme == "https" or (parts.scheme == "http" and may_be_plain(host))):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def may_be_plain(host: str) -> bool:
    """Whether a host may be called without encryption: this machine, where the site may call itself."""
    return is_this_machine(host) and bool(settings.WEBHOOKS_TO_LOOPBACK)


def is_inside(host: str) -> bool:
    """Whether a host can be seen to lie where this site does not call; a name is judged again by what it resolves to."""
    address = _literal(host)
    return not may_call(address) if address else is_this_machine(host) and not settings.WEBHOOKS_TO_LOOPBACK


def is_this_machine(host: str) -> bool:
    """Whether a host is this very machine, by its name or address."""
    address = _literal(host)
    return address.is_loopback if address else host == "localhost" or host.endswith(".localhost")


def may_call(address: Address) -> bool:
    """Whether this site calls an address: one of the internet, or its own machine where that is allowed."""
    if isinstance(address, IPv6Address) and (within := _ipv4_in(address)):
        return may_call(within)
    if address.is_loopback:
        return bool(settings.WEBHOOKS_TO_LOOPBACK)
    return address.is_global and not address.is_multicast


def _ipv4_in(address: IPv6Address) -> IPv4Address | None:
    """The address of IPv4 that one of IPv6 stands for."""
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
