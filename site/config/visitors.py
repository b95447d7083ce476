"""Whose request it is: the address, or for IPv6 the network that one customer is given."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

CUSTOMER = 64
"""The length of the IPv6 prefix that one customer has at least: whoever has one address has 2**64 of them."""


def address_of(request: HttpRequest) -> str | None:
    """Return the visitor's address in the form that is counted; None where there is none.

    `config.proxies` has put the visitor's own address in place of a trusted proxy's before.
    """
    return counted(request.META.get("REMOTE_ADDR", ""))


def counted(address: str) -> str | None:
    """Return the address under which a visitor is counted: the first of the network of 64 bits for IPv6.

    >>> counted("2001:db8:1:2:3:4:5:6"), counted("::ffff:192.0.2.1"), counted("nobody")
    ('2001:db8:1:2::', '192.0.2.1', None)
    """
    read = parse(address)
    if isinstance(read, IPv6Address):
        return str(ip_network((read, CUSTOMER), strict=False).network_address)
    return str(read) if read else None


def parse(address: str) -> IPv4Address | IPv6Address | None:
    """Parse an address; one of IPv4 that is written as IPv6 is of IPv4."""
    try:
        read = ip_address(address)
    except ValueError:
        return None
    return (isinstance(read, IPv6Address) and read.ipv4_mapped) or read
