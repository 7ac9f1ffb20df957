"""What the templates need of an experiment: where it is started, and a run of it."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any
from zlib import crc32

from django.urls import reverse

from demos.bench.experiment import Experiment, Headline, Presentation
from demos.bench.knobs import Knob, Knobs, in_words
from demos.runs import Run, State
from stopwatch.measured import Measured
from stopwatch.site_recordings import recorded_of

FOLDER = Path(__file__).parent
POLL_MS = {State.QUEUED: 1000, State.STARTED: 500}

WORDS = {
    State.QUEUED: "Waiting for its turn.",
    State.STARTED: "It is running.",
    State.SUCCEEDED: "Done.",
    State.FAILED: "It went wrong.",
    State.LOST: "The run is lost.",
    State.CANCELLED: "Cancelled. Its processes have been told to end.",
}


def starting(experiment: Experiment, place: str, own: Measured | None = None) -> dict[str, Any]:
    """What the place from which an experiment is started shows, in a lesson and on its own page.

    Args:
        place: what its ids on the page begin with.
        own: the reader's last run with nothing chosen, if one is kept.
    """
    return {
        **outcome(experiment, own.detail if own else None, experiment.defaults),
        "own_url": url_of(own.run) if own and own.run else "",
        "experiment": experiment,
        "place": place,
        "start_url": address_of(experiment),
        "over": True,
        "about": about_of(experiment.name),
        "defaults": experiment.defaults,
    }


@cache
def about_of(name: str) -> str:
    """The template with an experiment's own words, which lies beside its code; empty where it has none."""
    template = f"{name}/templates/about.html"
    return template if (FOLDER / template).exists() else ""


def outcome(experiment: Experiment, told: Any, knobs: Knobs) -> dict[str, Any]:
    """What is shown of a run: what it told or, until it told anything, the recorded run.

    The recorded one is a run with nothing chosen, and is neither shown nor compared with beside any other.
    """
    recorded = (recorded_of(experiment.name) if knobs == experiment.defaults else None) or Measured("", 0.0, {})
    is_recorded = told is None and recorded.detail is not None
    shown = experiment.present(recorded.detail if is_recorded else told, knobs, {} if is_recorded else recorded.figures)
    whose = f"A recorded run, not yours: {recorded.label}." if is_recorded else "Your run."
    return {
        "shown": shown,
        "headline": [_headline(experiment, item, recorded, is_recorded=is_recorded) for item in shown.headline],
        "whose": whose,
        "is_measured": told is not None and shown.table is not None,
        "is_recorded": is_recorded,
        "recorded_label": recorded.label,
        "chosen": in_words(experiment.knobs, knobs) if knobs != experiment.defaults else "",
    }


def _headline(
    experiment: Experiment, item: Headline, recorded: Measured, *, is_recorded: bool
) -> Mapping[str, str | bool]:
    """A large figure: the reader's own once there is one, the recorded one until then."""
    figure = experiment.figure(item.figure)
    own = None if is_recorded else item.value
    value = recorded.figures.get(item.figure) if own is None else own
    tag = "recorded" if own is None else "" if item.is_over else "so far"
    return {
        "words": item.words,
        "lane": item.lane,
        "value": "" if value is None else figure.unit.write(value),
        "unit": figure.unit.symbol,
        "tag": "" if value is None else tag,
        "is_recorded": own is None and value is not None,
    }


def run_of(experiment: Experiment, found: Run, place: str) -> dict[str, Any]:
    """What is shown of a run as it is now."""
    knobs = knobs_of(experiment, found)
    context = outcome(experiment, found.measured, knobs)
    shown: Presentation = context["shown"]
    # Until it tells something the recorded run is shown, which does nothing any more.
    doing = shown.doing if found.measured is not None else experiment.unmeasured.doing
    said = {State.STARTED: doing, State.SUCCEEDED: shown.sees}.get(found.state, "")
    return {
        **context,
        "experiment": experiment,
        "place": place,
        "start_url": address_of(experiment),
        "url": url_of(found.id),
        "cancel_url": cancel_url(found.id),
        "state": found.state.value,
        "over": found.is_over,
        "words": WORDS[found.state],
        "more": " ".join(filter(None, (place_in_line(experiment, found), said, found.note))),
        "poll_ms": str(POLL_MS.get(found.state, "")),
        "again": [(knob.name, knob.write(knobs[knob.name])) for knob in experiment.knobs],
        # Stands for what is announced when it changes: not for the seconds of the wait, which change each time.
        "token": f"{found.state}-{found.before}-{crc32(doing.encode()) if found.state is State.STARTED else 0}",
    }


def knobs_of(experiment: Experiment, found: Run) -> Knobs:
    """The knobs of a run. What has been added to the experiment since then has its default."""
    return {**experiment.defaults, **found.knobs}


def place_in_line(experiment: Experiment, found: Run) -> str:
    """The place in the line, in words."""
    if found.state is not State.QUEUED or not found.before:
        return ""
    return f"{found.before} before you, about {ceil(found.wait_s(experiment.usual_seconds))} s."


def knob_fields(
    experiment: Experiment, place: str, given: Mapping[str, Sequence[str]], why: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The fields of the form, with what was chosen in them, and beside each why that cannot be had."""
    return [_field(knob, place, [*given.get(knob.name, ()), ""][0], why) for knob in experiment.knobs]


def _field(knob: Knob, place: str, given: str, why: Mapping[str, str]) -> dict[str, Any]:
    value = given or knob.write(knob.default)
    choices = [(written := knob.write(choice), knob.text(choice), written == value) for choice in knob.choices]
    refused = why.get(knob.name, "")
    return {"knob": knob, "id": f"{place}-{knob.name}", "value": value, "choices": choices, "why": refused}


def as_json(experiment: Experiment, found: Run) -> dict[str, Any]:
    """A run for programs. Its figures are by name, each in the unit of its figure."""
    return {
        "id": found.id,
        "experiment": experiment.name,
        "knobs": knobs_of(experiment, found),
        "state": found.state,
        "note": found.note or None,
        "before": found.before,
        "wait_s": round(found.wait_s(experiment.usual_seconds), 1),
        "figures": found.figures,
        "measured": found.measured,
    }


def address_of(experiment: Experiment) -> str:
    """The page of an experiment; a POST there starts a run."""
    return reverse("demos:experiment", args=[experiment.name])


def url_of(run_id: str) -> str:
    """The page of a run."""
    return reverse("demos:experiment-run", args=[run_id])


def cancel_url(run_id: str) -> str:
    """Where a POST cancels a run."""
    return reverse("demos:experiment-cancel", args=[run_id])
