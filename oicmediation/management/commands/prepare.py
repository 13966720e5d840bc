"""`manage.py prepare`: bring database and static files to what this code needs."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from oicmediation.runtime.progress import step
from oicmediation.runtime.steps import STEPS


class Command(BaseCommand):
    """Run every step in its order; each may be repeated without harm."""

    help = "Migrate, load reference data (and the demonstration world where it may be), collect."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps; what a step prints is shown with `--verbosity 2` only."""
        for each in STEPS:
            if each.demonstration_only and settings.IS_PRODUCTION:
                continue
            with step(each.title):
                out = self.stdout if options["verbosity"] > 1 else io.StringIO()
                call_command(*each.command, stdout=out)
