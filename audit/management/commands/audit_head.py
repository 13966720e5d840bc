"""`manage.py audit_head`: the line to publish outside, by signed mail or on paper, every day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from audit.selectors import chain_head


class Command(BaseCommand):
    help = "Print the head of the audit chain as NUMBER:HASH; verify_audit --published checks it later."

    def handle(self, **options: Any) -> None:
        """Print one line."""
        head = chain_head()
        self.stdout.write(f"{head.number}:{head.hash}" if head else "0:")
