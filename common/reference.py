"""References that count nothing: ``MED-2026-7K3QX`` is a year and five random characters."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U


def new_reference(prefix: str, year: int) -> str:
    """Return a fresh reference; consecutive numbers would tell how many there are."""
    return f"{prefix}-{year}-" + "".join(secrets.choice(ALPHABET) for _ in range(5))
