"""Under which addresses tablets on the same hotspot reach this computer."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from ipaddress import IPv4Address

HOTSPOTS = ("192.168.137.1", "10.42.0.1", "172.20.10.1", "192.168.43.1", "192.168.49.1", "192.168.2.1")
"""What a computer is called on the hotspot that it opens itself (Windows, Linux) or that a phone opens for it."""
_NEAR = ("192.168.1.1", "192.168.0.1", "10.0.0.1", "172.16.0.1")
_SIOCGIFADDR = 0x8915


def lan_addresses() -> list[str]:
    """Private addresses of this computer, its own hotspot first. Asks the system only; nothing is sent."""
    return ordered(_found())


def ordered(addresses: Iterable[str]) -> list[str]:
    """Private addresses without repetition, those of a hotspot of this computer first, containers' last."""

    def rank(address: str) -> int:
        if address in HOTSPOTS:
            return 0
        return 2 if address.startswith("172.") else 1

    return sorted(dict.fromkeys(filter(is_private, addresses)), key=rank)


def is_private(address: str) -> bool:
    """Whether an address is one of a local network: not of the internet, not only of this computer."""
    try:
        known = IPv4Address(address)
    except ValueError:
        return False
    return known.is_private and not (known.is_loopback or known.is_link_local or known.is_unspecified)


def _found() -> Iterator[str]:
    for other in (*HOTSPOTS, *_NEAR):
        # A datagram socket that is connected but never written to: the system only chooses the way.
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            way.connect((other, 9))
            yield str(way.getsockname()[0])
    with suppress(OSError):
        yield from (str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET))
    if sys.platform == "linux":
        yield from _of_interfaces()


def _of_interfaces() -> Iterator[str]:
    """Each interface's own address; Linux often knows its name only as 127.0.1.1."""
    from fcntl import ioctl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                answer = ioctl(any_socket.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                yield socket.inet_ntoa(answer[20:24])
