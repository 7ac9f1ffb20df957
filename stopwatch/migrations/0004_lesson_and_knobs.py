from typing import ClassVar

from django.db import migrations, models

# All that was measured before was measured in the one lesson that had demos, so it stays what that lesson shows. Runs of
# the one experiment belong to the whole site, and had nothing that could be set.
LESSON = "defining-tasks"
EXPERIMENT = "bystanders"


def belong_to_the_lesson(apps, schema_editor):
    measurements = apps.get_model("stopwatch", "Measurement").objects.using(schema_editor.connection.alias)
    measurements.exclude(case=EXPERIMENT).update(lesson=LESSON)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("learners", "0006_seed"), ("stopwatch", "0003_click_to_response")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="measurement", name="stopwatch_of_class"),
        migrations.RemoveIndex(model_name="measurement", name="stopwatch_who_ran"),
        migrations.AddField("measurement", "knobs", models.JSONField(default=dict)),
        migrations.AddField("measurement", "lesson", models.CharField(blank=True, default="", max_length=200)),
        migrations.RunPython(belong_to_the_lesson, migrations.RunPython.noop),
        migrations.AddIndex(
            "measurement", models.Index(fields=["case", "lesson", "seconds"], name="stopwatch_of_class")
        ),
        migrations.AddIndex(
            "measurement", models.Index(fields=["case", "lesson", "learner"], name="stopwatch_who_ran")
        ),
    ]
