"""Who sent a request, when proxies stand in between."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class TrustedProxies:
    """Middleware: puts the client's own address into REMOTE_ADDR when the request came through TRUSTED_PROXIES.

    A forwarded header counts only as far as trusted hands wrote it: X-Forwarded-For is read from its right end until
    the first address that is not a trusted proxy's. From anybody else such headers are dropped.

    `X_Forwarded_For` is another header to a proxy and the same one here: WSGI writes both names alike, the web server
    keeps the one that comes last, and nothing tells which that was. So the proxy has to drop names with underscores;
    `/healthz` tells whether it does (config/health.py).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        meta["REMOTE_ADDR"] = bare(meta.get("REMOTE_ADDR", ""))
        if _trusted(meta["REMOTE_ADDR"]):
            hops = [hop for hop in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
            for hop in map(bare, reversed(hops)):
                meta["REMOTE_ADDR"] = hop
                if not _trusted(hop):
                    break
        else:
            meta.pop("HTTP_X_FORWARDED_PROTO", None)
            meta.pop("HTTP_X_REQUEST_ID", None)
        return self.get_response(request)


def bare(written: str) -> str:
    """An address in one spelling: without the port that some proxies add, and IPv4 as such also on an IPv6 socket.

    So `1.2.3.4:567`, `[::ffff:1.2.3.4]:567` and `::ffff:1.2.3.4` (RFC 4291, 2.5.5.2) are all `1.2.3.4`. What is no
    address comes back as it was.
    """
    host = written.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        parsed = ipaddress.ip_address(host)
    except ValueError:
        return written.strip()
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _trusted(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXIES)
