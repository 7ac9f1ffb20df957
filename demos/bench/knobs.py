"""What can be chosen about a run of an experiment: parsed, and refused in words, alike for pages, JSON and commands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Values by the names of their knobs: numbers or words. A number among whole choices is an int.
Knobs = Mapping[str, Any]

# Plain decimal notation in ASCII digits, as in demos/seconds.py.
NOTATION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?", re.ASCII)


class Refused(ValueError):
    """A run cannot be had with these values. `why` says it by the name of a knob; an empty one stands for them all."""

    def __init__(self, why: Mapping[str, str]) -> None:
        super().__init__(" ".join(why.values()))
        self.why = why


@dataclass(frozen=True)
class Knob:
    """Something that can be chosen.

    Attributes:
        name: in forms, in JSON, and on the command line.
        label: a few words, as pages show it.
        default: what is chosen when nothing is.
        choices: all that it can be, numbers or words; or else
        bounds: the least and the greatest number that it can be.
        unit: what stands behind a value: "s".
    """

    name: str
    label: str
    default: float | str
    choices: tuple[float | str, ...] = ()
    bounds: tuple[float, float] | None = None
    unit: str = ""

    def write(self, value: float | str) -> str:
        """A value as forms and the command line have it: "3", "0.5"."""
        return value if isinstance(value, str) else f"{value:g}"

    def text(self, value: float | str) -> str:
        """A value with its unit."""
        return f"{self.write(value)} {self.unit}".strip()

    @property
    def allowed(self) -> str:
        """What it can be, in words."""
        if self.bounds:
            low, high = self.bounds
            return f"a number from {low:g} to {high:g} {self.unit}".strip()
        return f"one of {', '.join(map(self.write, self.choices))} {self.unit}".strip()

    def parse(self, given: Sequence[str]) -> float | str:
        """The value that was chosen.

        Args:
            given: every value that a request has for it; none at all means the default.

        Raises:
            Refused: there are several, or it is none that it can be.
        """
        if not given:
            return self.default
        if len(given) > 1:
            raise Refused({self.name: f"{self.label} takes one value, and {len(given)} were given."})
        text = given[0].strip()
        value = self._fitting(text)
        if value is None:
            is_written_otherwise = self.bounds and re.search(r"\d", text) and not NOTATION.fullmatch(text)
            how = " Write it like 12.5, with at most three decimals." if is_written_otherwise else ""
            raise Refused({self.name: f"{self.label} takes {self.allowed}.{how}"})
        return value

    def _fitting(self, text: str) -> float | str | None:
        if text in self.choices:
            return text
        number = float(text) if NOTATION.fullmatch(text) else None
        if number is None:
            return None
        if self.bounds:
            low, high = self.bounds
            return number if low <= number <= high else None
        return next((choice for choice in self.choices if choice == number), None)


def parse(knobs: Sequence[Knob], given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The value of every knob.

    Args:
        given: what was chosen, by name; what is missing has its default.

    Raises:
        Refused: of each value that cannot be had, and of each name that is no knob's.
    """
    names = [knob.name for knob in knobs]
    allowed = ", ".join(names)
    why = {name: f"There is no “{name:.30}” to choose here; there is {allowed}." for name in given if name not in names}
    chosen: dict[str, Any] = {}
    for knob in knobs:
        try:
            chosen[knob.name] = knob.parse(given.get(knob.name, ()))
        except Refused as refused:
            why |= refused.why
    if why:
        raise Refused(why)
    return chosen


def defaults(knobs: Sequence[Knob]) -> dict[str, Any]:
    """What a run has of which nothing was chosen."""
    return {knob.name: knob.default for knob in knobs}


def in_words(knobs: Sequence[Knob], chosen: Knobs) -> str:
    """All values in one line: "Web processes: 2, seconds of work: 3 s"."""
    return ", ".join(f"{knob.label}: {knob.text(chosen[knob.name])}" for knob in knobs)
