"""``manage.py import_agreements --format pax FILE``: fill the reference library."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.actor import SYSTEM
from common.errors import Refused
from library.importing.formats import FORMATS
from library.importing.publication import Publication, read_publication
from library.services.importing import ImportReport, import_agreements

_BAR_WIDTH = 40


class ProgressBar:
    """A bar on a terminal; silent where nobody watches."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._done = 0
        self._is_shown = stream.isatty() and total > 0

    def advance(self, rows: int) -> None:
        """Count rows that are done with and redraw."""
        self._done += rows
        if self._is_shown:
            filled = _BAR_WIDTH * self._done // self._total
            bar = "#" * filled + "." * (_BAR_WIDTH - filled)
            end = "\n" if self._done == self._total else ""
            self._stream.write(f"\r[{bar}] {self._done}/{self._total}{end}")
            self._stream.flush()


class Command(BaseCommand):
    """Import a published data set of agreements into the library, never into dispute files."""

    help = (
        "Imports published agreements into the reference library. Every process lands whole or not "
        "at all; a second run of the same file changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the file as published")
        parser.add_argument(
            "--format",
            required=True,
            choices=sorted(FORMATS),
            help="; ".join(f"{name}: {entry.title}" for name, entry in sorted(FORMATS.items())),
        )
        parser.add_argument(
            "--member-states",
            action="store_true",
            help="take only agreements that name the country of a Member State",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen and write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            publication = self._read(options["format"], options["file"])
            bar = ProgressBar(sys.stderr, sum(len(read.rows) for read in publication.processes))
            report = import_agreements(
                actor=SYSTEM,
                publication=publication,
                member_states_only=options["member_states"],
                is_dry_run=options["dry_run"],
                on_progress=bar.advance,
            )
        except Refused as error:
            raise CommandError(str(error.message)) from error
        self._tell(publication, report, is_dry_run=options["dry_run"])

    def _read(self, name: str, path: Path) -> Publication:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(
                _("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}
            ) from error
        return read_publication(FORMATS[name], content)

    def _tell(self, publication: Publication, report: ImportReport, *, is_dry_run: bool) -> None:
        for refusal in report.refusals:
            self.stdout.write(
                _("line %(line)d, agreement %(id)s: %(reason)s")
                % {"line": refusal.line, "id": refusal.source_id or "?", "reason": refusal.reason}
            )
        if publication.unread_columns:
            self.stdout.write(
                _("Columns that were not read: %(columns)s.")
                % {"columns": ", ".join(publication.unread_columns)}
            )
        if report.left_out:
            self.stdout.write(
                ngettext(
                    "%(count)d row without a Member State was left out.",
                    "%(count)d rows without a Member State were left out.",
                    report.left_out,
                )
                % {"count": report.left_out}
            )
        if is_dry_run:
            self.stdout.write(_("This was a trial run; nothing was written."))
        self.stdout.write(
            f"created {report.created}, updated {report.updated}, unchanged {report.unchanged}, "
            f"refused {len(report.refusals)} of {report.total} rows"
        )
