"""Routes of case work."""

from __future__ import annotations

from cases.routes import due, files, filing

app_name = "cases"
urlpatterns = [*due.urlpatterns, *files.urlpatterns, *filing.urlpatterns]
