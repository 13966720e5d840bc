import datetime
from typing import Any

import django.db.models.functions.datetime
from django.db import migrations, models


def forget_runs_that_never_ended(apps: Any, schema_editor: Any) -> None:
    apps.get_model("common", "SweepRun").objects.filter(last_committed_at=None).delete()


class Migration(migrations.Migration):
    dependencies = [("common", "0003_kept_answers_as_text")]

    operations = [
        migrations.RenameField("sweeprun", "done", "written"),
        migrations.AlterField(
            "sweeprun",
            "written",
            models.PositiveIntegerField(default=0, verbose_name="written"),
        ),
        migrations.AlterField(
            "sweeprun",
            "last_committed_at",
            models.DateTimeField(null=True, verbose_name="last committed at"),
        ),
        migrations.RunPython(
            migrations.RunPython.noop, forget_runs_that_never_ended, elidable=True
        ),
        migrations.AddField(
            "sweeprun",
            "known_since",
            models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(),
                editable=False,
                verbose_name="known since",
            ),
        ),
        migrations.AddField(
            "sweeprun",
            "last_begun_at",
            models.DateTimeField(null=True, verbose_name="last begun at"),
        ),
        migrations.AddField(
            "sweeprun",
            "lasting",
            models.DurationField(default=datetime.timedelta, verbose_name="how long it took"),
        ),
        migrations.AddField(
            "sweeprun",
            "left",
            models.PositiveIntegerField(default=0, verbose_name="left"),
        ),
        migrations.AddField(
            "sweeprun",
            "last_error",
            models.CharField(blank=True, max_length=200, verbose_name="last error"),
        ),
        migrations.AddField(
            "sweeprun",
            "told_at",
            models.DateTimeField(null=True, verbose_name="trouble told at"),
        ),
    ]
