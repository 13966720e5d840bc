"""`manage.py read_bounces`: mark the mails that came back."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from notifications import bounces
from notifications.services.outbox import note_bounce


class Command(BaseCommand):
    help = (
        "Read delivery status notifications (RFC 3464), each a file or one on standard input, and "
        "mark the mails that they say will not arrive. Exit code 0 also for what is no bounce."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="messages; none: standard input")

    def handle(self, *, files: list[Path], **options: Any) -> None:
        """Read each message.

        Raises:
            CommandError: a file cannot be read.
        """
        try:
            messages = [path.read_bytes() for path in files] or [sys.stdin.buffer.read()]
        except OSError as error:
            raise CommandError(str(error)) from error
        found = [bounce for raw in messages if (bounce := bounces.read(raw))]
        marked = sum(note_bounce(mail_id=bounce.mail_id, words=bounce.words) for bounce in found)
        self.stdout.write(f"{len(messages)} read, {marked} marked as come back")
