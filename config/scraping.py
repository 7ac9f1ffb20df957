"""What Prometheus is told, at METRICS_PORT: a listener of its own, so that no rule of a proxy can open it to readers.

Every web process listens on the same port and knows the counts of all, so it makes no difference which one is asked.
"""

import logging
import socket
import threading
from collections.abc import Iterator
from socketserver import TCPServer
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

import demos.metrics
import frontdoor.metrics

logger = logging.getLogger(__name__)


class Site(Collector):
    """All that is told of the site, as it is now."""

    def collect(self) -> Iterator[Metric]:
        """Called for each scrape."""
        yield from frontdoor.metrics.collect()
        living = len(frontdoor.metrics.living())
        yield GaugeMetricFamily("offload_web_processes", "Web processes that live.", living)
        yield from demos.metrics.collect()


class _Server(ThreadingWSGIServer):
    allow_reuse_port = True  # the kernel gives each connection to one of the web processes

    def server_bind(self) -> None:
        """As http.server's own, but it asks no name server what this machine is called: that may take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]
        self.setup_environ()


class _ServerOfIPv6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = 5  # seconds: who connects and says nothing holds a thread for no longer

    def log_message(self, *_: object) -> None:
        """A scrape is no event."""


def start(bind: str, port: int) -> None:
    """Listen from now on, on a thread of its own. A port that cannot be had is one line in the log."""
    registry = CollectorRegistry()
    registry.register(Site())
    address = "127.0.0.1" if bind == "localhost" else bind
    of_its_family = _ServerOfIPv6 if ":" in address else _Server
    try:
        server = make_server(address, port, make_wsgi_app(registry), of_its_family, _Handler)
    except OSError as error:
        logger.error("nothing can be scraped at %s:%d: %s", bind, port, error.strerror)  # noqa: TRY400 - one line
        return
    threading.Thread(target=server.serve_forever, name="scraping", daemon=True).start()
