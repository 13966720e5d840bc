#!/usr/bin/env python
"""Compile the translation catalogues with polib: a fresh Debian has no gettext programs."""

from __future__ import annotations

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def main() -> None:
    """Compile every catalogue that is newer than what was compiled from it."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            draft = compiled.with_suffix(".draft")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.rename(compiled)


if __name__ == "__main__":
    main()
