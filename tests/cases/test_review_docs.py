"""What a lawyer reads of reviews in docs/mandate-reviews.md is what the tables and settings say."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cases.choices import ReviewState
from cases.lifecycle import REVIEW_MOVES, REVIEW_STEPS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mandate-reviews.md"


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a heading, its head apart."""
    below = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in below.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_the_steps_are_those_of_the_table() -> None:
    told = [
        [
            str(kind.label),
            str(rule.done_from.label),
            str(rule.leads_to.label),
            rule.power,
            f"{settings.MANDATE_REVIEW_STEPS[kind]} days",
        ]
        for kind, rule in REVIEW_STEPS.items()
    ]

    assert rows("The five steps") == told


def test_the_moves_are_those_of_the_table() -> None:
    told = {
        str(old.label): {str(new.label) for new in moves} or {"nothing"}
        for old, moves in REVIEW_MOVES.items()
    }

    assert {row[0]: set(row[1].split(" · ")) for row in rows("What may follow what")} == told
    assert len(told) == len(ReviewState)


def test_the_days_are_those_of_the_settings() -> None:
    first, second = settings.MANDATE_REVIEW_REMINDERS
    told = [when for _what, when, _rule in rows("When the clock acts")]

    assert told[0].startswith(f"{settings.MANDATE_REVIEW_OPENS} days before")
    assert told[1].startswith(f"{first} and {second} days before")
    assert told[2].startswith(f"{settings.MANDATE_REVIEW_STEP_REMINDER} days before")
    assert told[3].startswith(f"{settings.MANDATE_REVIEW_ESCALATION} day after")
