"""Accounts through the API: the same services, the same refusals."""

from __future__ import annotations

import pytest

from accounts.models import Delegation, RoleChange, Unit, User
from tests.factories.accounts import RoleChangeFactory, UnitFactory, UserFactory
from tests.factories.institutions import StateFactory

API = "/api/v1"


@pytest.fixture
def admin_api(api_for, administrator):
    return api_for(administrator)


def test_me_shows_role_and_powers(api_for, asg):
    body = api_for(asg).get(f"{API}/me/").json()

    assert body["email"] == asg.email
    assert "accounts.approve_role" in body["powers"]


def test_me_keeps_the_language(api_for, officer):
    answer = api_for(officer).patch(f"{API}/me/", {"language": "ar"})

    assert answer.status_code == 200
    assert answer.json()["language"] == "ar"
    assert answer["ETag"] == '"2"'


def test_stranger_is_refused(client, db):
    assert client.get(f"{API}/me/").status_code == 401


def test_users_are_scoped(api_for, focal_point, signatory, other_focal_point):
    body = api_for(focal_point).get(f"{API}/users/").json()

    assert {row["id"] for row in body["results"]} == {str(focal_point.pk), str(signatory.pk)}
    assert body["count"] == 2
    assert api_for(focal_point).get(f"{API}/users/{other_focal_point.pk}/").status_code == 404


def test_users_are_filtered(admin_api, officer, focal_point):
    body = admin_api.get(f"{API}/users/", {"role": "focal_point"}).json()

    assert [row["id"] for row in body["results"]] == [str(focal_point.pk)]


def test_filter_by_a_hidden_delegation_reads_as_absent(api_for, focal_point, other_focal_point):
    api = api_for(focal_point)
    hidden = api.get(f"{API}/users/", {"delegation": other_focal_point.delegation_id})
    absent = api.get(f"{API}/users/", {"delegation": "7f0a1a52-6f6f-4a53-9a5e-1d9d1e0a0001"})

    assert hidden.status_code == absent.status_code == 400
    assert _shape(hidden) == _shape(absent)


def test_invite_by_api_mails_the_link(admin_api, sent):
    answer = admin_api.post(
        f"{API}/users/",
        {"email": "new@example.org", "full_name": "New Person", "role": "desk_officer"},
    )

    assert answer.status_code == 201
    assert "/accounts/invitation/" in sent()[0].body
    assert "/accounts/invitation/" not in answer.content.decode()


def test_invite_by_api_ignores_what_nobody_may_send(admin_api):
    admin_api.post(
        f"{API}/users/",
        {
            "email": "new@example.org",
            "full_name": "New Person",
            "role": "desk_officer",
            "is_superuser": True,
            "session_epoch": 7,
            "id": "7f0a1a52-6f6f-4a53-9a5e-1d9d1e0a0001",
        },
    )

    user = User.objects.get(email="new@example.org")
    assert not user.is_superuser
    assert user.session_epoch == 0
    assert str(user.pk) != "7f0a1a52-6f6f-4a53-9a5e-1d9d1e0a0001"


def test_invite_by_api_names_the_field(admin_api, officer):
    answer = admin_api.post(
        f"{API}/users/", {"email": officer.email, "full_name": "x", "role": "focal_point"}
    )

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["field"] == "delegation"


def test_invite_by_an_officer_is_refused_with_its_reason(api_for, officer, events):
    answer = api_for(officer).post(
        f"{API}/users/", {"email": "n@example.org", "full_name": "x", "role": "expert"}
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_permitted"
    assert len(events("audit.refused")) == 1


def test_change_needs_the_version(admin_api, officer):
    url = f"{API}/users/{officer.pk}/"
    etag = admin_api.get(url)["ETag"]

    assert admin_api.patch(url, {"job_title": "x"}).status_code == 428
    assert admin_api.patch(url, {"job_title": "x"}, headers={"If-Match": '"9"'}).status_code == 412
    done = admin_api.patch(url, {"job_title": "x"}, headers={"If-Match": etag})
    assert done.json()["job_title"] == "x"
    assert done["ETag"] == '"2"'


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("clearance", {"clearance": 1, "reason": "Less"}),
        ("deactivate", {"reason": "Left"}),
        ("end-access", {}),
    ],
)
def test_acts_on_an_account(admin_api, officer, act, body):
    answer = admin_api.post(f"{API}/users/{officer.pk}/{act}/", body)

    assert answer.status_code == 200, answer.json()


def test_closed_account_is_opened_and_invited_again(admin_api, sent):
    user = UserFactory(deactivated=True, password="!")

    assert (
        admin_api.post(f"{API}/users/{user.pk}/reactivate/", {"reason": "Back"}).status_code == 200
    )
    assert admin_api.post(f"{API}/users/{user.pk}/invite-again/", {}).status_code == 201
    assert len(sent()) == 1


def test_role_is_proposed_and_approved_by_two(admin_api, api_for, asg, officer):
    proposed = admin_api.post(
        f"{API}/users/{officer.pk}/propose-role/", {"new_role": "sg_cabinet", "reason": "x"}
    )
    assert proposed.status_code == 201
    url = f"{API}/role-changes/{proposed.json()['id']}/approve/"
    assert admin_api.post(url, {}).status_code == 403

    assert api_for(asg).post(url, {}).json()["is_approved"] is True

    assert User.objects.get(pk=officer.pk).role == "sg_cabinet"


def test_role_is_declined(api_for, asg):
    change = RoleChangeFactory()

    answer = api_for(asg).post(f"{API}/role-changes/{change.pk}/decline/", {})

    assert answer.json()["is_approved"] is False


def test_role_changes_are_seen_by_the_one_concerned(api_for, other_officer):
    change = RoleChangeFactory()
    RoleChangeFactory()

    rows = api_for(change.user).get(f"{API}/role-changes/").json()["results"]

    assert [row["id"] for row in rows] == [str(change.pk)]
    assert RoleChange.objects.count() == 2
    assert api_for(other_officer).get(f"{API}/role-changes/").json()["count"] == 0


def test_unit_by_api(admin_api, api_for, officer):
    made = admin_api.post(f"{API}/units/", {"code": "PSCU", "name_en": "Peace"})
    assert made.status_code == 201
    url = f"{API}/units/{made.json()['id']}/"

    changed = admin_api.patch(url, {"name_fr": "Paix"}, headers={"If-Match": made["ETag"]})

    assert changed.json()["name_fr"] == "Paix"
    assert Unit.objects.get().version == 2
    assert api_for(officer).get(url).status_code == 200
    assert api_for(officer).post(f"{API}/units/", {"code": "X", "name_en": "X"}).status_code == 403


def test_unit_without_a_name_is_a_400(admin_api):
    answer = admin_api.post(f"{API}/units/", {"code": "X"})

    assert answer.status_code == 400


def test_unit_is_hidden_from_a_state(api_for, focal_point):
    assert api_for(focal_point).get(f"{API}/units/{UnitFactory().pk}/").status_code == 404


def test_delegation_by_api(api_for, registry, secretary_general):
    made = api_for(registry).post(
        f"{API}/delegations/",
        {
            "state": str(StateFactory().pk),
            "note_reference": "MFA/1/2026",
            "note_date": "2026-03-01",
            "signatory": "The Minister",
        },
    )
    assert made.status_code == 201
    api, url = api_for(secretary_general), f"{API}/delegations/{made.json()['id']}"

    assert api.post(f"{url}/accept/", {}).json()["is_accepted"] is True
    assert api.post(f"{url}/freeze/", {"reason": "Contested"}).json()["is_frozen"] is True
    assert api.post(f"{url}/release/", {"reason": "Settled"}).json()["is_frozen"] is False
    assert Delegation.objects.get().is_in_force
    assert api_for(registry).post(f"{url}/freeze/", {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("collection", ["users", "units", "delegations", "role-changes", "tokens"])
def test_lists_cost_few_queries(admin_api, focal_point, collection, django_assert_max_num_queries):
    for _ in range(5):
        UnitFactory()
        RoleChangeFactory()

    with django_assert_max_num_queries(4):
        assert admin_api.get(f"{API}/{collection}/").status_code == 200


def _shape(answer):
    body = answer.json()
    return body["code"], [row["field"] for row in body["errors"]]
