from django.apps import AppConfig


class CompositionConfig(AppConfig):
    """The composition root as an app, so that its commands are found and Celery is bound."""

    name = "oicmediation"
    verbose_name = "OIC Mediation"

    def ready(self) -> None:
        """Bind Celery in every Django process, with a beat for all that the apps have registered."""
        from common import sweeps
        from notifications import kinds
        from oicmediation.celery import app
        from oicmediation.notices import KINDS
        from oicmediation.schedule import beat_schedule
        from oicmediation.watchdog import WATCHDOG

        kinds.register(KINDS)
        sweeps.register(WATCHDOG)
        app.set_default()
        app.conf.beat_schedule = beat_schedule()
