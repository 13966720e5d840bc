"""The verbs that accounts put on record."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "accounts.user_invited": _("invited a person"),
    "accounts.invitation_used": _("took up an invitation"),
    "accounts.user_changed": _("changed an account"),
    "accounts.clearance_changed": _("changed a clearance"),
    "accounts.role_proposed": _("proposed a change of role"),
    "accounts.role_approved": _("approved a change of role"),
    "accounts.role_declined": _("declined a change of role"),
    "accounts.user_deactivated": _("deactivated an account"),
    "accounts.user_reactivated": _("reactivated an account"),
    "accounts.token_created": _("created an API token"),
    "accounts.token_revoked": _("revoked an API token"),
    "accounts.language_changed": _("changed the language"),
    "accounts.unit_changed": _("changed a unit"),
    "accounts.accreditation_recorded": _("recorded an accreditation"),
    "accounts.accreditation_accepted": _("accepted an accreditation"),
    "accounts.delegation_frozen": _("froze a delegation"),
    "accounts.delegation_released": _("released a delegation"),
    "accounts.access_ended": _("ended all sessions and tokens of an account"),
    "accounts.account_set_up": _("set up an account of the demonstration"),
    "accounts.administrator_created": _("created the first administrator"),
    "accounts.logged_in": _("logged in"),
    "accounts.log_in_failed": _("failed to log in"),
    "accounts.logged_out": _("logged out"),
    "accounts.password_changed": _("changed a password"),
}
