"""What can be wrong with a machine is found before anything starts, and said in one line each."""

import errno
import fcntl
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from config.data_dir import make_private
from config.environment import WrongSetting
from config.run import probes


@contextmanager
def claimed(data_dir: Path, valkey_socket: Path) -> Iterator[None]:
    """Make DATA_DIR ours until the end: two sites in one would write the same files. The system ends the claim with the
    process that made it, however that ends.

    Raises:
        WrongSetting: it cannot be written, or another site has it.
    """
    try:
        make_private(data_dir)
        with tempfile.TemporaryFile(dir=data_dir):
            pass
        claim = os.open(data_dir / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise WrongSetting(f"DATA_DIR {data_dir} cannot be written: {error.strerror}") from error
    try:
        if not _is_free(claim) or probes.valkey_answers(valkey_socket):
            raise WrongSetting(
                f"DATA_DIR {data_dir} is in use by another running Offload: stop that one, or set DATA_DIR"
            )
        yield
    finally:
        os.close(claim)


def _is_free(claim: int) -> bool:
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network folders know no locks. There, only the broker's socket tells.
        return error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN)
    return True


def check_port(bind: str, port: int, of: str = "") -> None:
    """See whether the web server will be able to listen. `of` is what the names of the two settings begin with.

    Raises:
        WrongSetting: something else listens there, or this machine or user may not.
    """
    address = "127.0.0.1" if bind == "localhost" else bind
    taken = (
        f"{of}PORT {port} is taken by another program: stop that one, or choose a free port, as in {of}PORT={port + 1}"
    )
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise WrongSetting(taken) from error
            if error.errno == errno.EADDRNOTAVAIL:
                raise WrongSetting(f"{of}BIND is {bind}: this machine has no such address") from error
            raise WrongSetting(f"{of}PORT {port} on {bind} cannot be used: {error.strerror}") from error
    # Some systems let one program listen on all addresses and another on one of them; so this asks as well as tries.
    if probes.is_listening(probes.address_to_ask(bind), port):
        raise WrongSetting(taken)


def check_redis(url: str) -> None:
    """See whether the broker that REDIS_URL names answers.

    Raises:
        WrongSetting: it does not; the text leaves out the password.
    """
    import redis  # not at the top: what becomes a web server looks at its port alone, and does without

    from demos.store.client import client

    parts = urlsplit(url)
    place = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
    try:
        client().ping()
    except redis.RedisError as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise WrongSetting(f"REDIS_URL {place} does not answer: {said.rstrip('.')}") from error
