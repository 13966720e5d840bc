"""`manage.py verify_audit`: is the record what was written?"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audit.verification import Fault, matches_published, verify_chain

_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Recompute the chain of the audit record and name every row that is not what was written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="first", type=int, default=1, metavar="N", help="begin at row N"
        )
        parser.add_argument(
            "--published",
            metavar="NUMBER:HASH",
            help="a head published earlier that must still stand in the chain",
        )

    def handle(self, *, first: int, published: str | None, **options: Any) -> None:
        """Verify and report.

        Raises:
            CommandError: a row was altered, removed or inserted (exit code 1).
        """
        began = time.monotonic()
        result = verify_chain(first)
        for fault in result.faults[:_SHOWN]:
            self.stdout.write(_sentence(fault))
        if published and not _stands(published):
            raise CommandError(
                _("The head published earlier is not in the chain: the record was rewritten.")
            )
        if not result.is_whole:
            raise CommandError(
                _("The record is not what was written: %(count)d faults, the first at row %(row)d.")
                % {"count": len(result.faults), "row": result.faults[0].first}
            )
        self.stdout.write(
            _("%(rows)d rows verified in %(seconds).1f seconds: the chain is whole. Head: %(head)s")
            % {
                "rows": result.rows,
                "seconds": time.monotonic() - began,
                "head": f"{result.head.number}:{result.head.hash}" if result.head else "0",
            }
        )


def _stands(published: str) -> bool:
    number, _separator, digest = published.partition(":")
    if not number.isdigit():
        raise CommandError(_("Write a published head as NUMBER:HASH."))
    return matches_published(int(number), digest)


def _sentence(fault: Fault) -> str:
    said = {
        "altered": _("Row %(first)d was altered, or put in the place of another."),
        "removed": _("Rows %(first)d to %(last)d were removed."),
        "inserted": _("Rows %(first)d to %(last)d were inserted past the chain."),
    }
    return said[fault.what] % {"first": fault.first, "last": fault.last}
