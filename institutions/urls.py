"""Routes of the register, under /register/."""

from __future__ import annotations

from django.urls import path

from institutions.views import actors, decisions, organs, reading, resolutions, sessions, states

app_name = "institutions"
urlpatterns = [
    path("states/", states.state_list, name="state_list"),
    path("states/add/", states.state_add, name="state_add"),
    path("states/<uuid:pk>/", states.state_detail, name="state_detail"),
    path("states/<uuid:pk>/change/", states.state_change, name="state_change"),
    path("states/<uuid:pk>/group/", states.state_group, name="state_group"),
    path("states/<uuid:pk>/standing/", states.state_standing, name="state_standing"),
    path("observers/", actors.observer_list, name="observer_list"),
    path("actors/add/", actors.actor_add, name="actor_add"),
    path("actors/<uuid:pk>/", actors.actor_detail, name="actor_detail"),
    path("actors/<uuid:pk>/change/", actors.actor_change, name="actor_change"),
    path("organs/", organs.organ_list, name="organ_list"),
    path("organs/<uuid:pk>/", organs.organ_detail, name="organ_detail"),
    path("offices/", organs.office_list, name="office_list"),
    path("offices/<uuid:pk>/take-up/", organs.office_take_up, name="office_take_up"),
    path("holdings/<uuid:pk>/leave/", organs.office_leave, name="office_leave"),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/add/", sessions.session_add, name="session_add"),
    path("sessions/<uuid:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<uuid:pk>/change/", sessions.session_change, name="session_change"),
    path("sessions/<uuid:pk>/move/", sessions.session_move, name="session_move"),
    path("sessions/<uuid:pk>/postpone/", sessions.session_postpone, name="session_postpone"),
    path("sessions/<uuid:pk>/held/", sessions.session_held, name="session_held"),
    path("resolutions/", resolutions.resolution_list, name="resolution_list"),
    path("resolutions/add/", resolutions.resolution_add, name="resolution_add"),
    path("resolutions/<uuid:pk>/", resolutions.resolution_detail, name="resolution_detail"),
    path(
        "resolutions/<uuid:pk>/correct/",
        resolutions.resolution_correct,
        name="resolution_correct",
    ),
    path("resolutions/<uuid:pk>/paragraphs/add/", decisions.paragraph_add, name="paragraph_add"),
    path("paragraphs/<uuid:pk>/correct/", decisions.paragraph_correct, name="paragraph_correct"),
    path("paragraphs/<uuid:pk>/remove/", decisions.paragraph_remove, name="paragraph_remove"),
    path(
        "resolutions/<uuid:pk>/reservations/record/",
        decisions.reservation_record,
        name="reservation_record",
    ),
    path(
        "reservations/<uuid:pk>/correct/",
        decisions.reservation_correct,
        name="reservation_correct",
    ),
    path(
        "reservations/<uuid:pk>/remove/",
        decisions.reservation_remove,
        name="reservation_remove",
    ),
    path("recommendations/", reading.recommendation_list, name="recommendation_list"),
    path("glossary/", reading.glossary, name="glossary"),
    path("holidays/", reading.holiday_list, name="holiday_list"),
    path("holidays/add/", reading.holiday_add, name="holiday_add"),
    path("holidays/<uuid:pk>/remove/", reading.holiday_remove, name="holiday_remove"),
]
