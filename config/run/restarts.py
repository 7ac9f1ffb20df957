"""Decides what becomes of a program that ended by itself: it is started again, after a pause that grows, or given up.

What ends again and again has a reason that another start does not mend, and the operator is to read it.
"""

import time
from collections import defaultdict
from collections.abc import Sequence

from config.run.child import Program

# Seconds before each start of a program within the time below. Together 15.5: some moments without memory are
# outlived, and after the first end no reader waits for long.
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
WITHIN = 60.0  # seconds


class GivenUp(Exception):
    """The program has ended too often. Its text says how often."""


class Restarts:
    """Which programs wait for their next start, and how often each one has ended lately."""

    def __init__(self, pauses: Sequence[float] = PAUSES, within: float = WITHIN) -> None:
        """Take as many starts of a program within `within` seconds as there are `pauses`, in seconds, before them."""
        self.pauses = pauses
        self.within = within
        self.ends: defaultdict[str, list[float]] = defaultdict(list)
        self.due: list[tuple[float, Program]] = []

    def plan(self, program: Program) -> float:
        """Plan the next start of a program that has just ended, and give the seconds until then.

        Raises:
            GivenUp: see there.
        """
        now = time.monotonic()
        lately = [end for end in self.ends[program.name] if now - end < self.within]
        self.ends[program.name] = [*lately, now]
        if len(lately) >= len(self.pauses):
            raise GivenUp(f"({len(lately) + 1} ends within {self.within:g} s)" if lately else "")
        pause = self.pauses[len(lately)]
        self.due.append((now + pause, program))
        return pause

    def take_due(self) -> list[Program]:
        """The programs that are to be started now. They wait no longer."""
        now = time.monotonic()
        due = [program for at, program in self.due if at <= now]
        self.due = [(at, program) for at, program in self.due if at > now]
        return due

    def seconds_left(self) -> float | None:
        """Until the next start; None when none is planned."""
        return max(0.0, min(at for at, _ in self.due) - time.monotonic()) if self.due else None
