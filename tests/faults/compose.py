"""What compose.yaml says, with its variables filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from config.environment import ROOT

FILE = ROOT / "compose.yaml"


@cache
def read() -> Any:
    """The file, before its variables are filled in."""
    return yaml.safe_load(FILE.read_text())


@dataclass(frozen=True)
class Service:
    """One service: how it is started, and with which variables."""

    name: str
    image: str
    command: tuple[str, ...]
    environment: dict[str, str]


def services(given: Mapping[str, str]) -> dict[str, Service]:
    """All of them by name.

    Args:
        given: what .env holds.

    Raises:
        ValueError: one of the variables that have to be set is not.
    """
    return {
        name: Service(
            name,
            said["image"],
            tuple(said.get("command", ())),
            {key: filled(value, given) for key, value in said.get("environment", {}).items()},
        )
        for name, said in read()["services"].items()
    }


def filled(text: str, given: Mapping[str, str]) -> str:
    """A value with its variables filled in, as Compose does it: ${NAME}, ${NAME:-default} and ${NAME:?why}."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found[1], found[2], found[3]
        if given.get(name):
            return given[name]
        if kind == ":-":
            return rest
        raise ValueError(f"{name}: {rest or 'is not set'}")

    return re.sub(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}", value, text)
