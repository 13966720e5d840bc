from django.apps import AppConfig


class CompositionConfig(AppConfig):
    """The composition root as an app, so that its commands are found and Celery is bound."""

    name = "oicmediation"
    verbose_name = "OIC Mediation"

    def ready(self) -> None:
        """Make the project's Celery app the current one in every Django process."""
        from oicmediation.celery import app

        app.set_default()
