"""A learner's own runs of an experiment: the one that waits or goes on, those that were kept, two beside each other."""

import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from charts.chart import Chart
from charts.scale import Axis
from charts.table import Row, Table
from demos.bench.experiment import Experiment, Presentation
from demos.bench.knobs import Knobs, in_words
from demos.runs import Run
from demos.store import records
from demos.store.client import Unreachable
from stopwatch.measured import Measured
from stopwatch.measurements import KEPT, measured_of, standing
from stopwatch.models import Measurement

logger = logging.getLogger(__name__)


def going_on(learner: uuid.UUID | None, experiment: Experiment) -> Run | None:
    """The learner's run of an experiment that waits or goes on; None also while the store does not answer."""
    if learner is None:
        return None
    try:
        run_id = records.in_line(learner.hex)
        found = records.look(run_id) if run_id else None
    except Unreachable as error:
        logger.warning("it cannot be told whether a run of %s goes on: %s", experiment.name, error)
        return None
    return found if found and found.experiment == experiment.name and not found.is_over else None


@dataclass(frozen=True)
class Kept:
    """A run that was kept for its learner.

    Attributes:
        began: in UTC.
        chosen: its knobs as a row of a table has them.
        figures: its large figures likewise.
    """

    id: str
    began: datetime
    chosen: Sequence[str]
    figures: Sequence[str]


def kept(learner: uuid.UUID | None, experiment: Experiment) -> list[Kept]:
    """The last runs that were kept of an experiment, the newest first."""
    if learner is None:
        return []
    large = [experiment.figure(item.figure) for item in experiment.unmeasured.headline]
    rows = _of(learner, experiment).values_list("receipt", "began", "knobs", "figures")[:KEPT]
    return [
        Kept(
            run,
            began,
            [knob.text(knobs.get(knob.name, knob.default)) for knob in experiment.knobs],
            [figure.unit.text(figures[figure.name]) if figure.name in figures else "–" for figure in large],
        )
        for run, began, knobs, figures in rows
    ]


def last(learner: uuid.UUID | None, experiment: Experiment) -> Measured | None:
    """The learner's last run with nothing chosen; None when none is kept that can be shown."""
    if learner is None:
        return None
    # Only this one is fetched whole, as in stopwatch/measurements.py.
    newest = [pk for _, pk in standing(_of(learner, experiment), "pk")][:1]
    found = Measurement.objects.filter(pk__in=newest).first()
    return measured_of(found) if found and experiment.can_show(found.detail) else None


def _of(learner: uuid.UUID, experiment: Experiment) -> Any:
    return Measurement.objects.filter(learner_id=learner, case=experiment.name).order_by("-began", "-pk")


@dataclass(frozen=True)
class Beside:
    """Two runs, drawn on the same scales, with one table. `knobs` has those of each in words."""

    chart: Chart
    table: Table
    knobs: Sequence[tuple[str, str]]


def beside(learner: uuid.UUID | None, experiment: Experiment, chosen: Sequence[str]) -> Beside | None:
    """Two of a learner's runs beside each other; None when it is not two of theirs that can be shown."""
    if learner is None or len(set(chosen)) != 2:  # noqa: PLR2004 - a pair
        return None
    found = list(_of(learner, experiment).filter(receipt__in=chosen))
    if len(found) != len(chosen) or not all(experiment.can_show(run.detail) for run in found):
        return None
    found.sort(key=lambda run: run.began)
    every: list[tuple[str, Knobs, Any]] = [
        (name, {**experiment.defaults, **run.knobs}, run.detail) for name, run in zip("AB", found, strict=True)
    ]
    shown = [(name, experiment.present(detail, knobs, {})) for name, knobs, detail in every]
    return Beside(_chart(shown), _table(shown), [(name, in_words(experiment.knobs, knobs)) for name, knobs, _ in every])


def _chart(shown: Sequence[tuple[str, Presentation]]) -> Chart:
    charts = [one.chart for _, one in shown]
    panels = [replace(panel, title=f"{name}: {panel.title}") for name, one in shown for panel in one.chart.panels]
    return Chart(
        charts[0].title, panels, _longer([each.across for each in charts]), _longer([each.up for each in charts])
    )


def _longer(axes: Sequence[Axis]) -> Axis:
    return max(axes, key=lambda axis: axis.longest)


def _table(shown: Sequence[tuple[str, Presentation]]) -> Table:
    """The columns of both. What a row means can differ between them by a knob, so it is said once, of the first."""
    tables = [(name, one.table) for name, one in shown if one.table]
    first = tables[0][1]
    columns = [f"{name}: {column}" for name, table in tables for column in table.columns[1:-1]]
    rows = [
        Row(rows[0].name, [cell for row in rows for cell in row.cells], rows[0].says)
        for rows in zip(*(table.rows for _, table in tables), strict=True)
    ]
    return Table(first.caption, [first.columns[0], *columns, first.columns[-1]], rows)
