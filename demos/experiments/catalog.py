"""The experiments that there are. Ten more will follow this shape: a line here, a package beside, two templates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demos.experiments.bystanders import case, plan, presenters
from demos.experiments.recorded import Recorded
from demos.sources import Source
from stopwatch.registry import Case, OutcomeRule


@dataclass(frozen=True)
class Experiment:
    """One experiment.

    Attributes:
        name: in addresses, in records, and of its package.
        title: a few words.
        question: what it answers, one sentence.
        seconds: what a whole run takes, starting and stopping included: an estimate for those who wait.
        work_seconds: the slow work that its figures are about, in seconds.
        show: makes what its templates need of what the driver told (None: nothing yet) and the recorded run.
        sources: the code that runs.
        case: what it measures.
        rules: what decides predictions about it.
    """

    name: str
    title: str
    question: str
    seconds: float
    work_seconds: float
    show: Callable[[Any, Recorded], Mapping[str, Any]]
    sources: Callable[[], list[Source]]
    case: Case
    rules: Sequence[OutcomeRule]

    def can_show(self, measured: Any) -> bool:
        """Whether its templates can show this: it may be an older driver's, or have been edited by hand."""
        try:
            self.show(measured, Recorded({}, ""))
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
            return False
        return True

    @property
    def driver(self) -> str:
        """The module that runs it."""
        return f"demos.experiments.{self.name}"


EXPERIMENTS = {
    "bystanders": Experiment(
        name="bystanders",
        title="Bystanders",
        question="What does somebody else get while a slow request is being answered?",
        seconds=11.0,
        work_seconds=plan.SLOW_SECONDS,
        show=presenters.show,
        sources=presenters.sources,
        case=case.CASE,
        rules=case.RULES,
    )
}
