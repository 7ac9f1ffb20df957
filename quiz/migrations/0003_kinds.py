from typing import ClassVar

from django.db import migrations, models
from django.db.models import Case, Value, When


def grade_what_was_answered(apps, schema_editor):
    """Until now an answer was right or wrong."""
    grade = Case(When(correct=True, then=Value(1.0)), default=Value(0.0))
    apps.get_model("quiz", "Answer").objects.update(grade=grade)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("quiz", "0002_predictions")]

    operations: ClassVar = [
        migrations.RenameField("answer", "chosen", "given"),
        migrations.AddField("answer", "grade", models.FloatField(default=0.0), preserve_default=False),
        migrations.RunPython(grade_what_was_answered, migrations.RunPython.noop),
    ]
