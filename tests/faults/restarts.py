"""Stands in for the restart policy of the containers: what has ended is started again."""

import threading
import time
from collections.abc import Iterable

from tests.running_process import RunningProcess

DELAY = 0.5  # seconds from the end of a process until it is started again; a container takes about as long


class Restarts(threading.Thread):
    """Watches processes until `end()`. It looks at their exit alone: a silent one is left as it is, as Compose does."""

    def __init__(self, processes: Iterable[RunningProcess]) -> None:
        super().__init__(name="restarts")
        self.processes = list(processes)
        self.count: dict[str, int] = {}
        self._over = threading.Event()

    def run(self) -> None:
        ended: dict[str, float] = {}
        while not self._over.wait(0.05):
            for process in self.processes:
                if process.is_running:
                    ended.pop(process.name, None)
                elif time.monotonic() - ended.setdefault(process.name, time.monotonic()) > DELAY:
                    self.count[process.name] = self.count.get(process.name, 0) + 1
                    process.start(wait=False)

    def end(self) -> None:
        """End all of them. They were started by this thread, and end with it."""
        self._over.set()
        self.join()
        for process in reversed(self.processes):
            if process.popen is not None:
                process.kill()
