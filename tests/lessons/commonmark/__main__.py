"""Prints what differs from a code host without a warning, by class, each with the smallest text of it.

python -m tests.lessons.commonmark [generated texts [seconds for the smallest texts of each kind [first seed]]]
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable
from functools import cache

from tests.lessons.commonmark.cases import CASES
from tests.lessons.commonmark.comparing import Difference, differing, false_alarms, unsaid
from tests.lessons.commonmark.generated import KINDS
from tests.lessons.commonmark.lazy_lines import is_sure
from tests.lessons.commonmark.ours import FILES, written
from tests.lessons.commonmark.shrinking import smallest


def main(count: int = 2000, seconds: int = 20, first: int = 0) -> None:
    """Own texts first, then those by hand, then those that nobody wrote."""
    _print_all("our own", [text for path in FILES for text in written(path)])
    for kind, cases in CASES.items():
        _print_all(f"by hand, {kind}", cases)
    each = count // len(KINDS)
    for name, make in KINDS.items():
        failing = _counted(f"generated, {name}", filter(is_sure, map(make, range(first, first + each))))
        _print_classes(failing, seconds)


def _print_all(name: str, texts: Iterable[str]) -> None:
    for text in _counted(name, texts):
        for part in dict.fromkeys(_part(text, each) for each in _differences(text)):
            _print_differences(part)


def _counted(name: str, texts: Iterable[str]) -> list[str]:
    """Those of the texts that differ without a warning."""
    began = time.process_time()
    failing, said, alarms = [], 0, []
    texts = list(texts)
    for text in texts:
        if _differs(text):
            failing.append(text)
        elif differing(text):
            said += 1
        elif problem := next(false_alarms(text), None):
            alarms.append((text, problem))
    took = time.process_time() - began
    print(
        f"\n## {name}: of {len(texts)}, {len(failing)} differ without a warning, {said} with one,"
        f" {len(alarms)} are warned of and the same ({took:.1f} s)\n"
    )
    for text, problem in alarms[:5]:
        print(f"the same, but warned of: {text!r}: {problem}")
    return failing


def _print_classes(failing: list[str], seconds: int) -> None:
    began = time.process_time()
    classes: Counter[str] = Counter()
    tried = 0
    for text in failing:
        if time.process_time() - began > seconds:
            break
        tried += 1
        classes.update({_smallest(_part(text, each)) for each in _differences(text)} or {_smallest(text)})
    for text, times in classes.most_common():
        print(f"{times} of {tried}:", end=" ")
        _print_differences(text)


def _smallest(text: str) -> str:
    """The smallest text that differs in the same way, as far as the names of what differs tell."""
    names = _names(text)
    return smallest(text, lambda simpler: bool(_names(simpler)) and _names(simpler) <= names)


@cache
def _names(text: str) -> frozenset[str]:
    """The sides and the names of what differs; "raises" for a text at which something raises."""
    if not is_sure(text) or not _differs(text):
        return frozenset()
    rows = [row for each in _differences(text) for row in str(each).split("\n")[3:] if row[0] in "-+"]
    return frozenset(f"{row[0]}{row[1:].split()[0]}" for row in rows) or frozenset({"raises"})


def _print_differences(text: str) -> None:
    print(repr(text))
    for difference in _differences(text):
        for row in str(difference).split("\n")[4:]:
            print(f"    {row}")


def _differs(text: str) -> bool:
    try:
        return bool(unsaid(text))
    except Exception as error:  # noqa: BLE001 - whatever our reader may raise is what is looked for
        print(f"raises {error!r}: {text!r}")
        return True


def _differences(text: str) -> list[Difference]:
    try:
        return unsaid(text)
    except Exception:  # noqa: BLE001 - told above
        return []


def _part(text: str, difference: Difference) -> str:
    """The lines of one difference, if they differ by themselves."""
    part = "\n".join(text.split("\n")[difference.first - 1 : difference.last])
    return part if _differs(part) else text


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
