"""Grants answer from their index, and the planner knows how many each group holds (ADR 0009)."""

from django.db import migrations, models

KNOW_GROUPS = "ALTER TABLE cases_disputegroupgrant ALTER COLUMN group_id SET STATISTICS 1000"
FORGET_GROUPS = "ALTER TABLE cases_disputegroupgrant ALTER COLUMN group_id SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_consent_steps_stand")]
    operations = [
        migrations.RemoveIndex("disputegroupgrant", "grant_by_group"),
        migrations.AddIndex(
            "disputegroupgrant",
            models.Index(
                fields=["group", "permission", "content_object"],
                include=["valid_from", "valid_to"],
                name="grant_by_group",
            ),
        ),
        migrations.RunSQL(KNOW_GROUPS, FORGET_GROUPS),
    ]
