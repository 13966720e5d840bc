"""`manage.py create_administrator`: the first person of an empty house."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.services.house import create_administrator
from common.errors import Refused


class Command(BaseCommand):
    help = "Make the first administrator and print the invitation link, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--email", required=True, help="the address, which is the log-in name")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument(
            "--site", help="where the house is reached; from ALLOWED_HOSTS when omitted"
        )

    def handle(self, *, email: str, name: str, site: str | None, **options: Any) -> None:
        """Create and print.

        Raises:
            CommandError: there is an administrator already, or the address is none.
        """
        try:
            invited = create_administrator(email=email, full_name=name)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        path = reverse("accounts:invitation", args=[invited.key])
        self.stdout.write(
            _("%(name)s chooses a password here, once, within seven days:")
            % {"name": invited.user.display_name}
        )
        self.stdout.write(f"{(site or _own_site()).rstrip('/')}{path}")


def _own_site() -> str:
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    host = next((host for host in settings.ALLOWED_HOSTS if host != "*"), "localhost")
    return f"{scheme}://{host.lstrip('.')}"
