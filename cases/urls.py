"""Routes of case work."""

from __future__ import annotations

from cases.routes import files, filing

app_name = "cases"
urlpatterns = [*files.urlpatterns, *filing.urlpatterns]
