from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, units, roles, clearance, delegations of Member States, API tokens."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts.verbs import VERBS
        from audit.verbs import register

        register(VERBS)
