"""``manage.py load_reference``: bring the register into step with the project's data files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from institutions.services.data_files import BrokenFile
from institutions.services.reference_data import DATA_FOLDER, load_reference


class Command(BaseCommand):
    """Load States, organs, sessions, resolutions, terms and holidays; safe to run again."""

    help = (
        "Load the reference data. Prints, for each table, what was created, changed, left as it "
        "was, and left alone because a person has changed it since. A broken file changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--dry-run", action="store_true", help="report only, keep nothing")
        parser.add_argument(
            "--folder", type=Path, default=DATA_FOLDER, help="where the data files lie"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print one line a table."""
        try:
            reports = load_reference(folder=options["folder"], is_dry_run=options["dry_run"])
        except BrokenFile as error:
            raise CommandError(
                _("The reference data were not loaded.\n%(faults)s") % {"faults": error}
            ) from error
        for report in reports:
            self.stdout.write(report.in_words())
        if options["dry_run"]:
            self.stdout.write(_("This was a trial: nothing was kept."))
