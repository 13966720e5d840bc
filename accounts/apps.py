from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, units, roles, clearance, delegations of Member States, API tokens."""

    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import policies  # noqa: F401 - registers what may be done
        from accounts.notices import KINDS
        from accounts.roles import ROLES
        from accounts.verbs import VERBS
        from audit import offices, verbs
        from notifications import kinds

        verbs.register(VERBS)
        kinds.register(KINDS)
        offices.register(
            {code: role.label for code, role in ROLES.items()},
            {code: role.outward_name for code, role in ROLES.items() if role.outward_name},
        )
        self._add_navigation()

    @staticmethod
    def _add_navigation() -> None:
        from common.web.navigation import NavigationItem, register

        def reads_users(user: Any) -> bool:
            return bool(user.has_power("accounts.read_users"))

        def keeps_delegations(user: Any) -> bool:
            return any(
                user.has_power(power)
                for power in (
                    "accounts.read_users",
                    "accounts.manage_delegations",
                    "accounts.accept_accreditation",
                )
            )

        def approves_roles(user: Any) -> bool:
            return bool(user.has_power("accounts.approve_role"))

        group = _("Administration")
        for key, label, order, is_for in (
            ("user_list", _("Users"), 800, reads_users),
            ("role_change_list", _("Changes of role"), 810, approves_roles),
            ("unit_list", _("Units and delegations"), 820, keeps_delegations),
        ):
            register(
                NavigationItem(
                    key=f"accounts.{key}",
                    label=label,
                    url_name=f"accounts:{key}",
                    order=order,
                    is_for=is_for,
                    group=group,
                )
            )
