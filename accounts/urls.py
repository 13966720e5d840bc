"""Routes of accounts, under /accounts/."""

from __future__ import annotations

from django.urls import path

from accounts.views import absences, delegations, log_in, own, people, roles

app_name = "accounts"
urlpatterns = [
    path("invitation/", log_in.take_up, name="take_up"),
    path("invitation/<str:key>/", log_in.invitation, name="invitation"),
    path("profile/", own.profile, name="profile"),
    path("profile/end-access/", own.own_end_access, name="own_end_access"),
    path("tokens/new/", own.token_create, name="token_create"),
    path("tokens/<uuid:pk>/revoke/", own.token_revoke, name="token_revoke"),
    path("absences/", absences.absence_list, name="absence_list"),
    path("absences/new/", absences.absence_record, name="absence_record"),
    path("absences/<uuid:pk>/", absences.absence_detail, name="absence_detail"),
    path("absences/<uuid:pk>/change/", absences.absence_change, name="absence_change"),
    path("absences/<uuid:pk>/call-off/", absences.absence_call_off, name="absence_call_off"),
    path("users/", people.user_list, name="user_list"),
    path("users/invite/", people.user_invite, name="user_invite"),
    path("users/<uuid:pk>/", people.user_detail, name="user_detail"),
    path("users/<uuid:pk>/change/", people.user_change, name="user_change"),
    path("users/<uuid:pk>/clearance/", people.user_clearance, name="user_clearance"),
    path("users/<uuid:pk>/deactivate/", people.user_deactivate, name="user_deactivate"),
    path("users/<uuid:pk>/reactivate/", people.user_reactivate, name="user_reactivate"),
    path("users/<uuid:pk>/end-access/", people.user_end_access, name="user_end_access"),
    path(
        "users/<uuid:pk>/invite-again/",
        people.user_renew_invitation,
        name="user_renew_invitation",
    ),
    path("users/<uuid:pk>/role/", roles.role_propose, name="role_propose"),
    path("roles/", roles.role_change_list, name="role_change_list"),
    path("roles/<uuid:pk>/approve/", roles.role_approve, name="role_approve"),
    path("roles/<uuid:pk>/decline/", roles.role_decline, name="role_decline"),
    path("units/", delegations.unit_list, name="unit_list"),
    path("units/add/", delegations.unit_add, name="unit_add"),
    path("units/<uuid:pk>/change/", delegations.unit_change, name="unit_change"),
    path("delegations/record/", delegations.delegation_record, name="delegation_record"),
    path("delegations/<uuid:pk>/", delegations.delegation_detail, name="delegation_detail"),
    path("delegations/<uuid:pk>/accept/", delegations.delegation_accept, name="delegation_accept"),
    path("delegations/<uuid:pk>/freeze/", delegations.delegation_freeze, name="delegation_freeze"),
    path(
        "delegations/<uuid:pk>/release/",
        delegations.delegation_release,
        name="delegation_release",
    ),
]
