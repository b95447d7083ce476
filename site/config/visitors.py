"""A visitor's address, or for IPv6 the network of one customer."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

CUSTOMER = 64  # bits of IPv6: whoever has one address has 2**64 of them


def address_of(request: HttpRequest) -> str | None:
    """Return the address a visitor is counted under, if any."""
    # `config.proxies` has replaced a trusted proxy's address before.
    return counted(request.META.get("REMOTE_ADDR", ""))


def counted(address: str) -> str | None:
    """Return the address to count under: for IPv6 the first of its network.

    >>> counted("2001:db8:1:2:3:4:5:6"), counted("::ffff:192.0.2.1"), counted("nobody")
    ('2001:db8:1:2::', '192.0.2.1', None)
    """
    read = parse(address)
    if isinstance(read, IPv6Address):
        return str(ip_network((read, CUSTOMER), strict=False).network_address)
    return str(read) if read else None


def parse(address: str) -> IPv4Address | IPv6Address | None:
    """Parse an address; IPv4 in IPv6 form is IPv4."""
    try:
        read = ip_address(address)
    except ValueError:
        return None
    return (isinstance(read, IPv6Address) and read.ipv4_mapped) or read
