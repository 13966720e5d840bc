from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LibraryConfig(AppConfig):
    """The reference library of published agreements."""

    name = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from audit.verbs import register as register_verbs
        from common import extensions
        from common.web.navigation import NavigationItem, register
        from library import policies  # noqa: F401 - registers the policies
        from library.models.base import reads_library
        from library.selectors import search_hits
        from library.verbs import VERBS

        register_verbs(VERBS)
        extensions.search.register("library", search_hits)
        register(
            NavigationItem(
                key="library",
                label=_("Library of agreements"),
                url_name="library:home",
                order=50,
                is_for=reads_library,
                group=pgettext_lazy("navigation", "Reference"),
            )
        )
