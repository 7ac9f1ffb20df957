"""The names and addresses under which this machine is reached."""

import ipaddress
import socket
from urllib.parse import urlsplit


def own_hosts(bind: str, public_url: str) -> tuple[str, ...]:
    """The names under which this machine itself may be asked for, when the user names none."""
    hosts = {"localhost", "127.0.0.1", "[::1]"}
    if public_url:
        hosts.add(urlsplit(public_url).hostname or "")
    if bind == "localhost" or ipaddress.ip_address(bind).is_loopback:
        return tuple(sorted(hosts))
    hosts.add(socket.gethostname().lower())
    if not ipaddress.ip_address(bind).is_unspecified:
        hosts.add(in_url(bind))
        return tuple(sorted(hosts))
    try:
        hosts.update(socket.gethostbyname_ex(socket.gethostname())[2])
    except OSError:
        pass  # a machine that cannot look up its own name is reached by the other ones
    if facing := facing_address():
        hosts.add(facing)
    return tuple(sorted(hosts))


def in_url(address: str) -> str:
    """An address as it stands in a URL, where IPv6 needs brackets."""
    return f"[{address}]" if ":" in address else address


def facing_address() -> str | None:
    """The IPv4 address under which others on the network reach this machine; None without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket sends nothing; it only asks which of our addresses faces the network.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])
