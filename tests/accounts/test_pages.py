"""The administrators' pages: who finds them, what they do, what they show when refused."""

from __future__ import annotations

import pytest

from accounts.models import Delegation, RoleChange, Unit, User
from tests.factories.accounts import (
    DelegationFactory,
    RoleChangeFactory,
    StateUserFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.institutions import StateFactory

USER_ACTS = [
    "change",
    "clearance",
    "deactivate",
    "reactivate",
    "end-access",
    "invite-again",
    "role",
]


@pytest.fixture
def admin_client(client_for, administrator):
    return client_for(administrator)


def url_of(user, act=""):
    return f"/accounts/users/{user.pk}/" + (f"{act}/" if act else "")


# Who finds them ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "found_by"),
    [
        ("/accounts/users/", {"administrator", "auditor"}),
        ("/accounts/users/invite/", {"administrator"}),
        ("/accounts/roles/", {"administrator", "asg"}),
        (
            "/accounts/units/",
            {
                "administrator",
                "auditor",
                "asg",
                "registry",
                "officer",
                "secretary_general",
                "cabinet",
            },
        ),
        ("/accounts/units/add/", {"administrator"}),
        ("/accounts/delegations/record/", {"administrator", "registry"}),
        (
            "/accounts/profile/",
            {
                *("administrator", "auditor", "asg", "registry", "officer", "secretary_general"),
                *("cabinet", "envoy", "focal_point"),
            },
        ),
    ],
)
@pytest.mark.parametrize(
    "persona",
    [
        *("administrator", "auditor", "asg", "registry", "officer", "secretary_general", "cabinet"),
        *("envoy", "focal_point"),
    ],
)
def test_page_is_found_by_those_it_is_for(request, client_for, path, found_by, persona):
    answer = client_for(request.getfixturevalue(persona)).get(path)

    assert answer.status_code == (200 if persona in found_by else 404)


@pytest.mark.parametrize("act", USER_ACTS)
def test_acts_on_an_account_are_no_pages_for_others(client_for, officer, other_officer, act):
    assert client_for(officer).get(url_of(other_officer, act)).status_code == 404


@pytest.mark.parametrize("path", ["/accounts/users/", "/accounts/profile/", "/accounts/units/"])
def test_stranger_is_led_to_the_door(client, db, path):
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_account_of_another_state_does_not_exist(client_for, focal_point, other_focal_point):
    client = client_for(focal_point)

    assert client.get(url_of(other_focal_point)).status_code == 404
    assert client.get(url_of(focal_point)).status_code == 200
    other = other_focal_point.delegation
    assert client.get(f"/accounts/delegations/{other.pk}/").status_code == 404
    own = focal_point.delegation
    assert client.get(f"/accounts/delegations/{own.pk}/").status_code == 200


# Lists ------------------------------------------------------------------------------------------


def test_list_costs_the_same_for_ten_and_for_forty(admin_client, django_assert_max_num_queries):
    admin_client.get("/accounts/users/")  # what is asked once a process is asked now
    for count in (10, 30):
        for _ in range(count // 2):
            StateUserFactory()
            UserFactory(unit=UnitFactory())
        with django_assert_max_num_queries(10):
            assert admin_client.get("/accounts/users/").status_code == 200


def test_list_is_narrowed_by_words_role_and_state(admin_client, focal_point):
    UserFactory(full_name="Amina Diallo", job_title="Archivist")
    UserFactory(full_name="Karim Saleh")

    by_words = admin_client.get("/accounts/users/", {"q": "amina archiv"}).content.decode()
    by_role = admin_client.get("/accounts/users/", {"role": "focal_point"}).content.decode()
    by_state = admin_client.get(
        "/accounts/users/", {"delegation": focal_point.delegation_id}
    ).content.decode()
    closed = admin_client.get("/accounts/users/", {"is_active": "false"}).content.decode()

    assert "Amina Diallo" in by_words
    assert "Karim Saleh" not in by_words
    assert focal_point.full_name in by_role
    assert "Amina Diallo" not in by_role
    assert focal_point.full_name in by_state
    assert "Nobody is found" in closed


# Acts -------------------------------------------------------------------------------------------


def test_account_is_changed(admin_client, officer):
    answer = admin_client.post(
        url_of(officer, "change"),
        {"full_name": "New Name", "full_name_ar": "", "job_title": "x", "unit": "", "version": 1},
        follow=True,
    )

    assert "New Name" in answer.content.decode()


def test_account_of_a_state_is_given_its_powers(admin_client, focal_point):
    admin_client.post(
        url_of(focal_point, "change"),
        {
            "full_name": focal_point.full_name,
            "delegation": focal_point.delegation_id,
            "is_authorised_signatory": "on",
            "version": 1,
        },
    )

    focal_point.refresh_from_db()
    assert focal_point.is_authorised_signatory
    assert not focal_point.is_portal_administrator


def test_stale_form_is_answered_with_412_and_keeps_the_entries(admin_client, officer):
    answer = admin_client.post(url_of(officer, "change"), {"full_name": "My entry", "version": 41})

    assert answer.status_code == 412
    assert "My entry" in answer.content.decode()


def test_clearance_closing_and_opening_by_page(admin_client, officer):
    admin_client.post(
        url_of(officer, "clearance"), {"clearance": 1, "reason": "Less", "version": 1}
    )
    admin_client.post(url_of(officer, "end-access"))
    admin_client.post(url_of(officer, "deactivate"), {"reason": "Left", "version": 2})
    officer.refresh_from_db()
    assert officer.clearance == 1
    assert not officer.is_active

    admin_client.post(url_of(officer, "reactivate"), {"reason": "Back", "version": 3})

    officer.refresh_from_db()
    assert officer.is_active


@pytest.mark.parametrize("act", ["change", "clearance", "deactivate", "role"])
def test_ones_own_account_is_refused_by_page(admin_client, administrator, act, events):
    answer = admin_client.post(
        url_of(administrator, act),
        {"full_name": "x", "clearance": 0, "new_role": "asg", "reason": "x", "version": 1},
    )

    assert answer.status_code == 403
    assert "Nobody changes their own rights" in answer.content.decode()
    refusal = events("audit.refused")[0]
    assert refusal.target_id == str(administrator.pk)
    assert refusal.payload["code"] == "not_for_oneself"


def test_own_page_says_why_it_offers_nothing(admin_client, administrator):
    assert (
        "Nobody changes their own rights"
        in admin_client.get(url_of(administrator)).content.decode()
    )


def test_invitation_with_an_error_shows_it_beside_the_field(admin_client, officer):
    answer = admin_client.post(
        "/accounts/users/invite/",
        {"email": officer.email, "full_name": "x", "role": "desk_officer", "clearance": 0},
    )

    assert answer.status_code == 422
    assert 'id="id_email_error"' in answer.content.decode()


def test_invitation_is_renewed_by_page(admin_client, sent):
    user = UserFactory(password="!")
    assert "Invite again" in admin_client.get(url_of(user)).content.decode()
    assert admin_client.get(url_of(user, "invite-again")).status_code == 200

    answer = admin_client.post(url_of(user, "invite-again"))

    assert "/accounts/invitation/" in answer.content.decode()
    assert sent()[0].to == [user.email]


def test_weighty_role_by_page_waits_and_is_approved_by_another(
    admin_client, client_for, asg, officer
):
    admin_client.post(url_of(officer, "role"), {"new_role": "sg_cabinet", "reason": "Appointed"})
    change = RoleChange.objects.get()
    assert "waits for a second person" in admin_client.get("/accounts/users/").content.decode()
    own = admin_client.get("/accounts/roles/").content.decode()
    assert "second person" in own
    assert f"/accounts/roles/{change.pk}/approve/" not in own
    second = client_for(asg)
    assert (
        f"/accounts/roles/{change.pk}/approve/" in second.get("/accounts/roles/").content.decode()
    )
    assert "Appointed" in second.get(f"/accounts/roles/{change.pk}/approve/").content.decode()

    second.post(f"/accounts/roles/{change.pk}/approve/")

    officer.refresh_from_db()
    assert officer.role == "sg_cabinet"
    assert asg.full_name in admin_client.get(url_of(officer)).content.decode()


def test_role_is_declined_by_page(client_for, asg):
    change = RoleChangeFactory()
    client = client_for(asg)
    assert client.get(f"/accounts/roles/{change.pk}/decline/").status_code == 200

    client.post(f"/accounts/roles/{change.pk}/decline/")

    change.refresh_from_db()
    assert change.is_approved is False


def test_role_is_decided_by_nobody_else(client_for, officer):
    change = RoleChangeFactory()

    assert client_for(officer).post(f"/accounts/roles/{change.pk}/approve/").status_code == 404


def test_unit_is_added_and_changed_by_page(admin_client, head):
    admin_client.post("/accounts/units/add/", {"code": "PSCU", "name_en": "Peace", "head": head.pk})
    unit = Unit.objects.get()
    assert head.full_name in admin_client.get("/accounts/units/").content.decode()

    admin_client.post(
        f"/accounts/units/{unit.pk}/change/",
        {"code": "PSCU", "name_en": "Peace and Security", "head": "", "version": 1},
    )

    unit.refresh_from_db()
    assert unit.name_en == "Peace and Security"
    assert unit.head is None


def test_delegation_by_page_from_note_to_release(client_for, registry, secretary_general):
    state = StateFactory(name="Orvana")
    client_for(registry).post(
        "/accounts/delegations/record/",
        {
            "state": state.pk,
            "note_reference": "MFA/1/2026",
            "note_date": "2026-03-01",
            "signatory": "The Minister",
        },
    )
    delegation = Delegation.objects.get()
    client = client_for(secretary_general)
    path = f"/accounts/delegations/{delegation.pk}/"
    assert f"{path}accept/" in client.get(path).content.decode()
    assert f"{path}accept/" not in client_for(registry).get(path).content.decode()

    for act in ("accept", "freeze", "release"):
        version = Delegation.objects.get().version
        assert client.get(f"{path}{act}/").status_code == 200
        done = client.post(f"{path}{act}/", {"reason": "So decided", "version": version})
        assert done.status_code == 302, act
        assert client.get(path).status_code == 200

    assert Delegation.objects.get().is_in_force


def test_acts_of_the_secretary_general_are_no_pages_for_others(
    client_for, administrator, delegation
):
    for act in ("accept", "freeze", "release"):
        path = f"/accounts/delegations/{delegation.pk}/{act}/"
        assert client_for(administrator).get(path).status_code == 404


def test_freeze_shows_on_the_page_of_the_house(client_for, registry):
    delegation = DelegationFactory(frozen=True)

    page = client_for(registry).get(f"/accounts/delegations/{delegation.pk}/").content.decode()

    assert "Two notes name two delegations." in page
    assert "frozen" in client_for(registry).get("/accounts/units/").content.decode()


def test_own_sessions_and_tokens_are_ended_by_page(client_for, officer):
    here, there = client_for(officer), client_for(officer)
    assert here.get("/accounts/profile/end-access/").status_code == 200

    here.post("/accounts/profile/end-access/")

    assert there.get("/accounts/profile/").status_code == 302


def test_navigation_leads_administrators_and_auditors(client_for, administrator, auditor, officer):
    seen = {
        person.role: client_for(person).get("/accounts/profile/").content.decode()
        for person in (administrator, auditor, officer)
    }

    assert 'href="/accounts/users/"' in seen["administrator"]
    assert 'href="/accounts/units/"' in seen["administrator"]
    assert 'href="/audit/"' not in seen["administrator"]
    assert 'href="/audit/"' in seen["auditor"]
    assert 'href="/accounts/users/"' not in seen["desk_officer"]


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_open_in_every_language(client_for, language):
    administrator = UserFactory(administrator=True, language=language)
    client = client_for(administrator)

    for path in ("/accounts/users/", "/accounts/units/", "/accounts/profile/", "/accounts/roles/"):
        assert f'lang="{language}"' in client.get(path).content.decode()


def test_word_of_the_person_is_never_markup(admin_client):
    user = User.objects.create(
        email="x@example.org", full_name="<script>alert(1)</script>", role="expert"
    )

    assert "<script>alert" not in admin_client.get(url_of(user)).content.decode()
