"""Keep the translation catalogues: update, merge what a translator sent, check, compile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import catalogues


class Command(BaseCommand):
    """``catalogues --check`` is part of ``make test``; ``--update`` follows a change of strings."""

    help = "Update, merge, check or compile the translation catalogues."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_mutually_exclusive_group(required=True)
        acts.add_argument("--update", action="store_true", help="add new strings, drop gone ones")
        acts.add_argument("--check", action="store_true", help="fail unless every string is there")
        acts.add_argument("--compile", action="store_true", help="write the .mo files")
        acts.add_argument("--missing", metavar="LANGUAGE", help="print what waits, as JSON")
        acts.add_argument(
            "--merge", nargs=2, metavar=("LANGUAGE", "FILE"), help="take translations from JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compile"]:
            self.stdout.write(f"{catalogues.compile_all()} catalogues compiled")
            return
        try:
            messages = catalogues.house_messages(Path(settings.BASE_DIR))
        except catalogues.Unreadable as error:
            raise CommandError(f"Nothing was changed; this file cannot be read: {error}") from error
        if options["update"]:
            for language in catalogues.LANGUAGES:
                self.stdout.write(
                    f"{language}: {len(catalogues.update(language, messages))} strings"
                )
        elif options["missing"]:
            self._print_missing(options["missing"])
        elif options["merge"]:
            self._merge(options["merge"][0], Path(options["merge"][1]))
        else:
            self._check(messages)

    def _check(self, messages: dict[catalogues.Message, str]) -> None:
        faults = [
            line
            for language in catalogues.LANGUAGES
            for line in catalogues.faults(language, messages)
        ]
        for line in faults:
            self.stderr.write(line)
        if faults:
            raise CommandError(f"{len(faults)} faults; run catalogues --update and translate.")
        self.stdout.write(f"{len(messages)} strings, complete in {', '.join(catalogues.LANGUAGES)}")

    def _print_missing(self, language: str) -> None:
        waiting = [
            {
                "msgid": entry.msgid,
                "plural": entry.msgid_plural or "",
                "context": entry.msgctxt or "",
                "place": entry.occurrences[0][0] if entry.occurrences else "",
                "translation": list(entry.msgstr_plural.values()) or entry.msgstr,
            }
            for entry in catalogues.load(language)
            if not all(catalogues.texts_of(entry))
        ]
        self.stdout.write(json.dumps(waiting, ensure_ascii=False, indent=1))

    def _merge(self, language: str, path: Path) -> None:
        sent = {
            (row["msgid"], row.get("context", "")): row["translation"]
            for row in json.loads(path.read_text(encoding="utf-8"))
        }
        catalogue = catalogues.load(language)
        taken = 0
        for entry in catalogue:
            translation = sent.get((entry.msgid, entry.msgctxt or ""))
            if not translation:
                continue
            if entry.msgid_plural:
                entry.msgstr_plural = dict(enumerate(translation))
            else:
                entry.msgstr = translation
            taken += 1
        catalogue.save(str(catalogues.catalogue_path(language)))
        self.stdout.write(f"{language}: {taken} of {len(sent)} translations taken")
