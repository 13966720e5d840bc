from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InstitutionsConfig(AppConfig):
    """Actors, States, organs, offices, sessions, resolutions and the calendar."""

    name = "institutions"
    verbose_name = _("Institutions")

    def ready(self) -> None:
        """Bring the app's verbs and policies, its sources for the search, its navigation."""
        from audit import verbs
        from common.extensions import calendar, rest_days, search
        from institutions import policies  # noqa: F401 - registers what may be done
        from institutions.agenda import calendar_sessions
        from institutions.calendar import rests_on
        from institutions.search import search_actors, search_resolutions
        from institutions.verbs import VERBS

        verbs.register(VERBS)
        rest_days.register("institutions", rests_on)
        search.register("institutions.resolutions", search_resolutions)
        search.register("institutions.actors", search_actors)
        calendar.register("institutions.sessions", calendar_sessions)
        self._add_navigation()

    @staticmethod
    def _add_navigation() -> None:
        from common.web.navigation import NavigationItem, register

        def everybody(user: Any) -> bool:
            return True

        root = "/register"
        for name, label, order, prefixes in (
            (
                "state_list",
                _("States and organs"),
                60,
                ("states", "observers", "actors", "organs", "offices", "holdings", "holidays"),
            ),
            ("session_list", _("Sessions"), 70, ("sessions",)),
            (
                "resolution_list",
                _("Resolutions"),
                80,
                ("resolutions", "paragraphs", "reservations", "recommendations"),
            ),
            ("glossary", _("Glossary"), 90, ("glossary",)),
        ):
            register(
                NavigationItem(
                    key=f"institutions.{name}",
                    label=label,
                    url_name=f"institutions:{name}",
                    order=order,
                    is_for=everybody,
                    group=pgettext_lazy("navigation", "Reference"),
                    prefixes=tuple(f"{root}/{prefix}/" for prefix in prefixes),
                )
            )
