"""Routes of case work; each door module names its own."""

from __future__ import annotations

app_name = "cases"

urlpatterns: list[object] = []
