"""The driver of Saturation: lets tasks arrive at a worker, and takes down when each of them began."""

from collections.abc import Callable, Mapping
from time import monotonic, sleep

from demos.bench.bench import Bench
from demos.bench.knobs import Knobs
from demos.bench.processes import START_SECONDS, NotUp
from demos.experiments.saturation import model
from demos.experiments.saturation.model import ARRIVING, EMPTYING, Plan, Task, Told

BACKGROUND = "demos.experiments.saturation.background"
TELL_EVERY = 0.3  # seconds
LOOK_EVERY = 0.02
WARM_UP = -1  # the number of the task with which publisher and worker warm up


def run(bench: Bench, knobs: Knobs) -> Mapping[str, float]:
    """Publish tasks when they are due, and measure how long each of them waits in the queue.

    Raises:
        NotUp: the worker did not come up.
    """
    from demos.experiments.saturation.background import work  # it makes an app of Celery, which pages do not need

    plan = Plan(**knobs)
    notes = Notes()
    consumes = bench.worker(BACKGROUND, plan.threads, notes.hear)
    consumes()
    work.delay(WARM_UP, 0)
    notes.wait_until(monotonic() + START_SECONDS, lambda: WARM_UP in notes.ended)
    if WARM_UP not in notes.ended:
        raise NotUp("the worker took no task")
    notes.begin(lambda told: bench.tell(model.as_json(told)))
    for number, due in enumerate(plan.arrivals()):
        notes.wait_until(notes.zero + due)
        work.delay(number, plan.length / 1000)
        notes.published.append(monotonic())
    notes.wait_until(notes.zero + ARRIVING)
    notes.wait_until(notes.zero + ARRIVING + EMPTYING, lambda: len(notes.ended) > len(notes.published))
    told = notes.told()
    bench.tell(model.as_json(told))
    return model.figures(told, plan)


class Notes:
    """When tasks were published, began and ended, in seconds of the machine's clock."""

    def __init__(self) -> None:
        self.zero = monotonic()
        self.published: list[float] = []
        self.began: dict[int, float] = {}
        self.ended: dict[int, float] = {}
        self._tell: Callable[[Told], None] | None = None
        self._told_at = 0.0

    def begin(self, tell: Callable[[Told], None]) -> None:
        """From now on tasks arrive, and what is known is told again and again."""
        self.zero = monotonic()
        self._tell = tell

    def hear(self, line: str) -> None:
        """A line of the worker."""
        what, number, at = line.split()
        {"began": self.began, "ended": self.ended}[what][int(number)] = float(at)

    def wait_until(self, moment: float, enough: Callable[[], bool] = lambda: False) -> None:
        """Wait, and tell what is known meanwhile."""
        while (left := moment - monotonic()) > 0 and not enough():
            if self._tell and monotonic() - self._told_at > TELL_EVERY:
                self._tell(self.told())
                self._told_at = monotonic()
            sleep(min(LOOK_EVERY, left))

    def told(self) -> Told:
        """All that is known now."""

        def ms(at: float) -> float:
            return round((at - self.zero) * 1000, 1)

        began, ended = ({number: ms(at) for number, at in list(of.items())} for of in (self.began, self.ended))
        tasks = [Task(ms(at), began.get(number), ended.get(number)) for number, at in enumerate(self.published)]
        return Told(ms(monotonic()), tasks)
