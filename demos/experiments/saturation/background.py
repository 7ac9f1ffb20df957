"""The worker's side of Saturation: tasks that take as long as they are told to, and say when they began and ended."""

from time import monotonic, sleep

from demos.bench.background import app_of, say

app = app_of("saturation")


@app.task(name="saturation.work", shared=False)
def work(number: int, seconds: float) -> None:
    """A task: waiting for a slow service, say."""
    say(f"began {number} {monotonic()}")  # the clock is one for all processes of a machine
    sleep(seconds)
    say(f"ended {number} {monotonic()}")
