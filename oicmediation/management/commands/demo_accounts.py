"""`manage.py demo_accounts`: who can log in to the demonstration world."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.tokens import TokenScope
from accounts.services.tokens import create_token
from common.errors import HouseError
from oicmediation.demonstration.people import EVERYBODY, PASSWORD
from oicmediation.demonstration.world import refuse_in_production

TOKEN_DAYS = 30


class Command(BaseCommand):
    help = "List the accounts of the demonstration world: user name, password, role, State."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--json", action="store_true", help="as a JSON list of objects")
        parser.add_argument(
            "--tokens", action="store_true", help="make a fresh API token for each, with them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """List them, in the order of the list.

        Raises:
            CommandError: production settings, or no demonstration world.
        """
        try:
            refuse_in_production()
        except HouseError as error:
            raise CommandError(str(error)) from error
        rows = [_row(user, with_token=options["tokens"]) for user in _users()]
        if not rows:
            raise CommandError(
                _("There is no demonstration world here: run `manage.py load_demonstration`.")
            )
        self.stdout.write(_as_json(rows) if options["json"] else _as_table(rows))


def _users() -> list[User]:
    emails = [person.email for person in EVERYBODY]
    rows = User.objects.filter(email__in=emails)  # unscoped: invented persons, at the console
    by_email = {user.email: user for user in rows.select_related("delegation__state__actor")}
    return [by_email[person.email] for person in EVERYBODY if person.email in by_email]


def _row(user: User, *, with_token: bool) -> dict[str, str | None]:
    return {
        "username": user.email,
        "password": PASSWORD,
        "role": user.role,
        "role_label": _role_in_words(user),
        "state": str(user.delegation.state) if user.delegation else None,
        "name": user.full_name,
        "language": user.language,
        "token": _fresh_token(user) if with_token else None,
    }


def _role_in_words(user: User) -> str:
    if user.is_authorised_signatory:
        return _("Authorised signatory of a Member State")
    if user.is_portal_administrator:
        return _("Portal administrator of a Member State")
    return str(user.role_label)


def _fresh_token(user: User) -> str:
    return create_token(
        actor=user, name="demo_accounts", scope=TokenScope.WRITE, days=TOKEN_DAYS
    ).text


def _as_json(rows: list[dict[str, str | None]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _as_table(rows: list[dict[str, str | None]]) -> str:
    cells = [(str(row["username"]), str(row["role_label"]), row["state"] or "") for row in rows]
    widths = [max(len(cell[column]) for cell in cells) for column in range(2)]
    lines = [
        f"  {name:<{widths[0]}}  {role:<{widths[1]}}  {state}".rstrip()
        for name, role, state in cells
    ]
    lines += [f"    {row['username']}: {row['token']}" for row in rows if row["token"]]
    password = _("The password of every account is: %(password)s") % {"password": PASSWORD}
    apart = _("A system of a ministry has no pages: it uses a token (demo_accounts --tokens).")
    return "\n".join([password, *lines, apart])
