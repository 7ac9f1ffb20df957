"""Browsers keep their connections open, six each: a class of 200 must not lock others out by that."""

import socket

from config.run import programs

CONNECTIONS = 1200


def test_more_connections_than_a_class_keeps_open_lock_nobody_out(workerless_site):
    programs.allow_connections()  # these are this process's files, too
    request = f"GET /healthz HTTP/1.1\r\nHost: {workerless_site.address}\r\n\r\n".encode()
    kept = [socket.create_connection(("127.0.0.1", workerless_site.port), timeout=5) for _ in range(CONNECTIONS)]
    try:
        for connection in kept:
            connection.sendall(request)
            assert connection.recv(4096).startswith(b"HTTP/1.1 200 ")
        assert workerless_site.get("/healthz", timeout=5).status == 200
    finally:
        for connection in kept:
            connection.close()
