"""Remember whose confidential paper a document is, whatever its audience becomes (Rule C4)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_consent_steps_stand")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="paper_of",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.party",
                verbose_name="confidential paper of",
            ),
        ),
    ]
