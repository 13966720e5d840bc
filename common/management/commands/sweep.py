"""`manage.py sweep`: deal by hand with what is due, today or as of another day."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from common import sweeps

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run one sweep or all of them; without --on for today, as the clock does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("name", nargs="?", help="which sweep")
        what.add_argument("--all", action="store_true", help="every sweep, one after another")
        what.add_argument("--list", action="store_true", help="name the sweeps and do nothing")
        parser.add_argument("--on", metavar="DATE", help="as of another day, past or to come")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what is found and write nothing"
        )

    def handle(self, **options: Any) -> None:
        """Run and report.

        Raises:
            CommandError: the name or the day is none (exit code 2), or something was left (1).
        """
        if options["list"]:
            for entry in sweeps.registered():
                self.stdout.write(_line_of(entry))
            return
        on = _day(options["on"])
        entries = sweeps.registered() if options["all"] else [_named(options["name"])]
        troubled = [
            entry.name
            for entry in entries
            if not self._do(entry, on, is_dry_run=options["dry_run"])
        ]
        if troubled:
            raise CommandError(
                _("Not everything was dealt with: %(names)s. The log says why.")
                % {"names": ", ".join(troubled)}
            )

    def _do(self, entry: sweeps.ByTheClock, on: date | None, *, is_dry_run: bool) -> bool:
        """Run one, print what it did, and tell whether it left nothing."""
        values: dict[str, Any] = {"name": entry.name}
        if is_dry_run:
            values["found"] = entry.count(on or sweeps.today())
            self.stdout.write(_("%(name)s: found %(found)d, wrote nothing (dry run)") % values)
            return True
        try:
            outcome = entry.run(on) if on else sweeps.run(entry)
        except Exception as error:
            logger.exception("sweep %s broke off", entry.name)
            values["error"] = sweeps.in_short(error)
            self.stdout.write(_("%(name)s: broke off (%(error)s)") % values)
            return False
        values |= vars(outcome)
        self.stdout.write(_("%(name)s: found %(found)d, wrote %(written)d, left %(left)d") % values)
        return not outcome.left


def _line_of(entry: sweeps.ByTheClock) -> str:
    return _("%(name)s (every %(minutes)d min): %(label)s") % {
        "name": entry.name,
        "minutes": entry.every,
        "label": entry.label,
    }


def _named(name: str) -> sweeps.ByTheClock:
    try:
        return sweeps.named(name)
    except KeyError:
        raise CommandError(
            _("There is no sweep “%(name)s”. manage.py sweep --list names them all.")
            % {"name": name},
            returncode=2,
        ) from None


def _day(text: str | None) -> date | None:
    """Return the day that was written; None means today."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise CommandError(
            _("“%(text)s” is no day. Write it as year-month-day: 2026-03-01.") % {"text": text},
            returncode=2,
        ) from None
