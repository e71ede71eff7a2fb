"""Addresses: takes a host, gives its addresses if all of them belong to the public internet.

Knows the special ranges of the registries. Does not know URLs or connections.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable

from index.loaders.characters import NotText

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
Allow = Callable[[Address], bool]

# Ranges for which `is_global` is true, at least in some Python versions, though no public web server is in them.
_NOT_PUBLIC = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # protocol assignments (RFC 6890)
            "192.88.99.0/24",  # 6to4 relays (RFC 7526)
            "2001::/23",  # protocol assignments, Teredo among them (RFC 2928)
            "2002::/16",  # 6to4: an IPv4 address of any kind inside (RFC 7526)
            "3fff::/20",  # documentation (RFC 9637)
        ),
    )
)
_UNICAST = ipaddress.ip_network("2000::/3")  # the allocated part of IPv6's global unicast (RFC 4291, IANA)
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind a translator (RFC 6052)
_NUMERIC_LABEL = re.compile(r"[0-9]+|0[xX][0-9a-fA-F]*")


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet.

    It must not be private, loopback, link-local, multicast or reserved, nor hold such an IPv4 address inside IPv6.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _TRANSLATED:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not any(address in network for network in _NOT_PUBLIC if network.version == address.version)
    )


def look_up(host: str, port: int) -> list[str]:
    """All addresses that the system has for a name, in its order of preference.

    :raises OSError: If it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked_addresses(host: str, port: int, resolve: Resolve, allow: Allow) -> list[Address]:
    """The addresses of a host, in order of preference, if a connection to each one is allowed.

    A number that is not a plain address ("2130706433", "0177.0.0.1", "127.1") is refused without a look-up: programs
    disagree about which address it is.

    :raises NotText: If the host is such a number, has no address, or has one that is not allowed.
    """
    try:
        addresses = [ipaddress.ip_address(host)]
    except ValueError:
        if _NUMERIC_LABEL.fullmatch(host.rstrip(".").rpartition(".")[2]):
            raise NotText(f"{host} is an odd way to write an address; write a name, or four plain numbers") from None
        try:
            addresses = [ipaddress.ip_address(words) for words in resolve(host, port)]
        except (OSError, UnicodeError) as error:
            raise NotText(f"the name {host} cannot be looked up ({error})") from error
    if not addresses:
        raise NotText(f"the name {host} has no address")
    for address in addresses:
        if not allow(address):
            named = "" if host == str(address) else f"{host} leads to "
            raise NotText(f"{named}{address}, which is not an address of the public internet")
    return addresses
