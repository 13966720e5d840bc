"""`manage.py load_demonstration`: the exercise and the one file of published history."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import HouseError
from oicmediation.demonstration.people import PASSWORD
from oicmediation.demonstration.world import Told, tell


class Command(BaseCommand):
    help = (
        "Load the demonstration world, whole or not at all. A world that stands is left as people "
        "made it; its accounts are brought back to what `demo_accounts` lists."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            default=None,
            help="the day on which things stand as told (YYYY-MM-DD); today when omitted",
        )

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        """Load, and say what was done.

        Raises:
            CommandError: production settings, or a day that has not come.
        """
        try:
            told = tell(on=on or timezone.localdate())
        except HouseError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_files_in_words(told))
        self.stdout.write(
            _("Accounts: created %(created)d, restored %(restored)d, unchanged %(unchanged)d.")
            % {kind: told.accounts[kind] for kind in ("created", "restored", "unchanged")}
        )
        self.stdout.write(
            _("The password of every account is: %(password)s") % {"password": PASSWORD}
        )


def _files_in_words(told: Told) -> str:
    if not told.is_new:
        return _("The demonstration world stands already: unchanged.")
    return _("The demonstration world was loaded: %(files)d dispute files.") % {"files": told.files}
