"""Removes what the broker of earlier versions left in DATA_DIR: it wrote to disk, and nothing reads that any more."""

from pathlib import Path

# As Valkey names them: whatever else lies there is somebody's, and stays.
FILES = ("appendonlydir/appendonly.aof*", "appendonlydir/temp-*", "dump.rdb", "temp-*.rdb", "temp-*.aof")


def remove(data_dir: Path) -> list[str]:
    """Remove it, if it is there, and say so in a line. What cannot be removed does no harm, and stays."""
    folder = data_dir / "valkey"
    if not folder.is_dir():
        return []
    try:
        for pattern in FILES:
            for path in folder.glob(pattern):
                path.unlink()
        for emptied in (folder / "appendonlydir", folder):
            if emptied.is_dir() and not any(emptied.iterdir()):
                emptied.rmdir()
    except OSError as error:
        return [f"{folder} is of an earlier version, of no use now, and cannot be removed: {error.strerror}"]
    kept = ", but for what is not the broker's" if folder.exists() else ""
    return [f"{folder} was removed{kept}: an earlier version kept runs of an hour there, and now they are in memory"]
