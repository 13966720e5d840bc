"""The verbs that the register puts on record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "institutions.session_created": _("added a session"),
    "institutions.session_changed": _("corrected a session"),
    "institutions.session_moved": _("moved a session"),
    "institutions.session_postponed": _("postponed a session"),
    "institutions.session_held": _("recorded that a session was held"),
    "institutions.resolution_registered": _("registered a resolution"),
    "institutions.resolution_corrected": _("corrected a resolution"),
    "institutions.paragraph_added": _("entered a paragraph of a resolution"),
    "institutions.paragraph_corrected": _("corrected a paragraph of a resolution"),
    "institutions.paragraph_removed": _("took out a paragraph of a resolution"),
    "institutions.reservation_recorded": _("recorded a State's reservation"),
    "institutions.reservation_corrected": _("corrected a State's reservation"),
    "institutions.reservation_removed": _("took out a State's reservation"),
    "institutions.office_taken_up": _("recorded who took up an office"),
    "institutions.office_left": _("recorded who left an office"),
    "institutions.holiday_added": _("added a holiday"),
    "institutions.holiday_removed": _("removed a holiday"),
    "institutions.group_changed": _("changed the regional group of a State"),
    "institutions.state_changed": _("changed a State's entry"),
    "institutions.standing_changed": _("recorded a change of standing"),
    "institutions.state_added": _("added a State"),
    "institutions.actor_added": _("added an actor"),
    "institutions.actor_changed": _("changed an actor"),
    "institutions.reference_loaded": _("loaded the reference data"),
}
