"""Network addresses that a webhook may call."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Loopback, private, shared and unique local networks; WEBHOOKS_ALLOW_PRIVATE allows them.
INSIDE = (
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "::1/128",
    "fc00::/7",
)
# Metadata services of AWS, Azure, Google and Alibaba: never allowed.
METADATA = ("169.254.169.254", "fd00:ec2::254", "100.100.100.200")
# Some versions of Python count these as global.
NOT_GLOBAL = (
    "192.0.0.0/24",
    "64:ff9b:1::/48",
    "2001::/23",
    "3fff::/20",
    "5f00::/16",
    "fec0::/10",
    "192.88.99.0/24",
)
_inside = [ip_network(network) for network in INSIDE]
_not_global = [ip_network(network) for network in NOT_GLOBAL]
_translated = ip_network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


class TargetError(ValueError):
    """An address that may not be called."""


def judge(text: str, *, allow_private: bool) -> None:
    """Raise TargetError unless a numeric address is public."""
    try:
        address = ip_address(text)
    except ValueError as error:
        raise TargetError(f"{text!r} is no IP address.") from error
    # An IPv6 address may carry an IPv4 one (mapped, 6to4, NAT64): that is what is called.
    carried = _carried(address)
    if text in METADATA or str(carried) in METADATA:
        raise TargetError(f"{text} is where clouds keep credentials.")
    if allow_private and any(carried in network for network in _inside):
        return
    is_public = carried.is_global and not carried.is_multicast and not carried.is_reserved
    if not is_public or any(carried in network for network in _not_global):
        raise TargetError(
            f"{text} is a private, loopback or otherwise special address: only public ones are called."
        )


def _carried(address: Address) -> Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _translated:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
