"""Routes of the record's pages, under /audit/."""

from __future__ import annotations

from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [
    path("", views.record_page, name="record"),
    path("object/<str:label>/<uuid:pk>/", views.object_page, name="object"),
    path("person/<uuid:pk>/", views.person_page, name="person"),
]
