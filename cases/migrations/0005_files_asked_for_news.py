from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_mandate_reviews_and_tasks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dispute",
            name="news_asked_on",
            field=models.DateField(
                blank=True, editable=False, null=True, verbose_name="last asked for news on"
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("news_asked_on__isnull", False)),
                fields=["news_asked_on"],
                name="dispute_asked",
            ),
        ),
    ]
