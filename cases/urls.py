"""Routes of case work."""

from __future__ import annotations

from cases.routes import due, files, filing, tasks

app_name = "cases"
urlpatterns = [*due.urlpatterns, *tasks.urlpatterns, *files.urlpatterns, *filing.urlpatterns]
