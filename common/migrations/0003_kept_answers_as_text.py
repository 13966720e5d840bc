from django.db import migrations, models


class Migration(migrations.Migration):
    """An answer is kept as the text that was sent: ``jsonb`` forgets the order of its members."""

    dependencies = [("common", "0002_technical_tables")]

    operations = [
        migrations.AlterField(
            model_name="idempotencykey",
            name="body",
            field=models.TextField(default="null", verbose_name="body"),
        ),
    ]
