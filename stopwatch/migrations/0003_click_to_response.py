from typing import ClassVar

from django.db import migrations

# A server responds, and a learner answers: figures that were called after answers get their new names.
RENAMED = {
    "click-to-answer": "click-to-response",
    "view-slow-answer": "view-slow-response",
    "celery-slow-answer": "celery-slow-response",
}
AT_ONCE = 500  # rows


def rename(apps, schema_editor):
    measurements = apps.get_model("stopwatch", "Measurement").objects.using(schema_editor.connection.alias)
    keys = list(measurements.values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        rows = list(measurements.filter(pk__in=keys[start : start + AT_ONCE]).only("figures", "at_most"))
        for row in rows:
            row.figures = {RENAMED.get(name, name): value for name, value in row.figures.items()}
            row.at_most = [RENAMED.get(name, name) for name in row.at_most]
        measurements.bulk_update(rows, ["figures", "at_most"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("stopwatch", "0002_statistics")]

    operations: ClassVar = [migrations.RunPython(rename, migrations.RunPython.noop)]
