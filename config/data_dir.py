"""What DATA_DIR holds besides the database and the content: the secret key, the collected static files, and the
embedded broker's socket.
"""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from config.environment import SHORTEST_KEY, WrongSetting

LONGEST_SOCKET_PATH = 100  # bytes; Valkey refuses 108 and more


def secret_key(data_dir: Path, given: str) -> str:
    """The key that signs cookies: the given one, or one that is made once and kept in `data_dir`.

    Raises:
        WrongSetting: `data_dir` cannot be written, or what it keeps is no key.
    """
    if given:
        return given
    path = secret_key_file(data_dir)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(50))
        key = path.read_text().strip()
    except OSError as error:
        raise WrongSetting(f"DATA_DIR {str(data_dir)!r} cannot be used: {error.strerror}") from None
    except UnicodeDecodeError:
        key = ""
    if len(key) < SHORTEST_KEY:
        raise WrongSetting(f"{path} is no key of at least {SHORTEST_KEY} characters: remove it, and a new one is made")
    return key


def _write_once(path: Path, text: str) -> None:
    """Write a file that others never see half written, and leave one that is there already."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # only its owner can read it
    try:
        with open(descriptor, "w") as file:
            file.write(text)
        os.link(name, path)
    except FileExistsError:
        pass  # another process was first, and its key is as good
    finally:
        os.unlink(name)


def make_private(folder: Path) -> None:
    """Make a folder that only this user can enter, if it is missing.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def secret_key_file(data_dir: Path) -> Path:
    """Where the key is kept that was made here."""
    return data_dir / "secret-key"


def static_root(data_dir: Path) -> Path:
    """Where static files are collected, under the names that browsers ask for."""
    return data_dir / "static"


def valkey_socket(data_dir: Path) -> Path:
    """Where the embedded Valkey listens: in `data_dir`, if that makes a path that Valkey takes.

    Else in a folder of the user's own under the system's temporary one, named after `data_dir`.
    """
    inside = data_dir / "valkey.sock"
    if len(os.fsencode(inside)) < LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"offload-{os.getuid()}" / f"{name}.sock"
