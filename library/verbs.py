"""The verbs that the library puts on record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "library.process_imported": _("imported published agreements of a process"),
}
