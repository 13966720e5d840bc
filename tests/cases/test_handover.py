"""What somebody holds is handed over together or not at all, and refused by name where it cannot be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from accounts.services.people import deactivate_user
from cases.choices import ReviewStepKind
from cases.models import Dispute, Task
from cases.selectors.handover import Held, holdings_of
from cases.services.handover import Portion, give_step, hand_over
from common.choices import Classification
from common.errors import NotPermitted, Refused
from notifications.models import Notice
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.cases import (
    DisputeFactory,
    MandateFactory,
    MandateReviewFactory,
    ReviewStepFactory,
    TaskFactory,
    TeamMemberFactory,
)

TODAY = timezone.localdate()


@pytest.fixture
def leaver(db):
    return UserFactory(desk_officer=True)


@pytest.fixture
def successor(db):
    return UserFactory(desk_officer=True)


@pytest.fixture
def things(leaver):
    """One thing of each kind that a person holds."""
    dispute = DisputeFactory(desk_officer=leaver)
    review = MandateReviewFactory(mandate=MandateFactory(dispute=dispute))
    return {
        "files": [dispute],
        "steps": [ReviewStepFactory(review=review, owner=leaver)],
        "tasks": [TaskFactory(owner=leaver, dispute=dispute)],
        "places": [TeamMemberFactory(user=leaver)],
    }


def give(actor, person, *portions):
    return hand_over(actor=actor, person=person, portions=portions, on=TODAY)


# What is held ----------------------------------------------------------------------------------------


def test_held_lists_what_stands_and_nothing_that_is_over(head, leaver, things):
    TaskFactory(owner=leaver, done=True)
    TeamMemberFactory(
        user=leaver, valid_from=TODAY - timedelta(days=9), valid_to=TODAY - timedelta(days=1)
    )
    ReviewStepFactory(
        review=things["steps"][0].review,
        kind=ReviewStepKind.SUBMISSION,
        owner=leaver,
        done_on=TODAY,
        done_by=leaver,
    )

    held = Held(head, leaver, TODAY)

    for name, expected in things.items():
        assert list(getattr(held, name)) == expected, name


def test_held_hides_what_the_reader_does_not_see(leaver, other_officer, things):
    held = Held(other_officer, leaver, TODAY)

    assert not any(getattr(held, name) for name in things)


def test_holdings_count_for_an_administrator_who_sees_no_file(administrator, leaver, things):
    assert [holding.count for holding in holdings_of(administrator, leaver)] == [1, 1, 1, 1]


# Handing over ----------------------------------------------------------------------------------------


def test_everything_goes_over_together(head, leaver, successor, things, events):
    count = give(head, leaver, Portion(successor, **things))

    assert count == 4
    dispute = Dispute.objects.get(pk=things["files"][0].pk)
    assert dispute.desk_officer == successor
    assert not Dispute.objects.visible_to(leaver).filter(pk=dispute.pk).exists()
    assert Task.objects.get().owner == successor
    step = things["steps"][0]
    step.refresh_from_db()
    assert step.owner == successor
    place = things["places"][0]
    place.refresh_from_db()
    assert place.valid_to == TODAY
    assert place.dispute.team.filter(user=successor, valid_to=None).exists()


def test_each_file_keeps_a_record_of_its_own(head, leaver, successor, things, events):
    give(head, leaver, Portion(successor, **things))

    for verb in (
        "cases.officer_assigned",
        "cases.review_step_given",
        "cases.task_changed",
        "cases.team_member_ended",
        "cases.team_member_added",
        "cases.work_handed_over",
    ):
        assert len(events(verb)) == 1, verb
    assert events("cases.work_handed_over")[0].payload["files"] == [str(things["files"][0].pk)]


def test_successor_is_told_how_much_it_is(head, leaver, successor, things):
    give(head, leaver, Portion(successor, **things))

    notice = Notice.objects.get(kind="cases.handed_over")
    assert notice.recipient == successor
    assert notice.facts == {"person": leaver.full_name, "count": 4}


def test_work_goes_to_several_in_one_transaction(head, leaver, successor, things):
    another = UserFactory()
    files = things["files"]
    second = DisputeFactory(desk_officer=leaver)

    give(head, leaver, Portion(successor, files=files), Portion(another, files=[second]))

    assert [one.desk_officer for one in Dispute.objects.order_by("created_at")[:1]] == [successor]
    second.refresh_from_db()
    assert second.desk_officer == another


def test_successor_who_is_of_the_team_needs_no_second_place(head, leaver, successor):
    place = TeamMemberFactory(user=leaver)
    TeamMemberFactory(user=successor, dispute=place.dispute)

    give(head, leaver, Portion(successor, places=[place]))

    assert place.dispute.team.filter(user=successor).count() == 1


def test_successor_who_keeps_the_file_needs_no_place(head, leaver, successor):
    place = TeamMemberFactory(user=leaver, dispute=DisputeFactory(desk_officer=successor))

    give(head, leaver, Portion(successor, places=[place]))

    assert not place.dispute.team.filter(user=successor).exists()


def test_assistant_secretary_general_hands_over_what_a_closed_account_held(
    asg, administrator, leaver, successor, things
):
    deactivate_user(actor=administrator, user=leaver, reason="Left")

    assert give(asg, leaver, Portion(successor, files=things["files"])) == 1


# Refusals --------------------------------------------------------------------------------------------


def test_files_above_the_successors_clearance_are_refused_by_name(head, leaver, things):
    junior = UserFactory(clearance=Classification.RESTRICTED)

    with pytest.raises(Refused, match=things["files"][0].reference) as error:
        give(head, leaver, Portion(junior, **things))

    assert error.value.code == "clearance"
    assert set(error.value.missing) == {
        things["files"][0].reference,
        things["places"][0].dispute.reference,
    }
    assert Dispute.objects.filter(desk_officer=leaver).count() == 1


def test_one_that_cannot_go_over_keeps_all_back(head, leaver, successor, things):
    alien = TaskFactory(owner=leaver, dispute=DisputeFactory())

    with pytest.raises(Refused) as error:
        give(head, leaver, Portion(successor, files=things["files"], tasks=[alien]))

    assert error.value.code == "owner_blind"
    assert Dispute.objects.get(pk=things["files"][0].pk).desk_officer == leaver


def test_nothing_chosen_is_refused(head, leaver, successor):
    with pytest.raises(Refused) as error:
        give(head, leaver, Portion(successor))

    assert error.value.code == "nothing_chosen"


def test_what_the_person_does_not_hold_is_refused(head, leaver, successor):
    with pytest.raises(Refused) as error:
        give(head, leaver, Portion(successor, files=[DisputeFactory()]))

    assert error.value.code == "not_held"


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ({"deactivated": True}, "no_successor"),
        ({"special_envoy": True}, "no_successor"),
        ({"is_exercise": True}, "other_world"),
    ],
)
def test_successor_must_be_a_colleague(head, leaver, things, traits, code):
    with pytest.raises(Refused) as error:
        give(head, leaver, Portion(UserFactory(**traits), **things))

    assert error.value.code == code


def test_person_is_not_their_own_successor(head, leaver, things):
    with pytest.raises(Refused):
        give(head, leaver, Portion(leaver, **things))


def test_step_is_not_given_to_somebody_whose_office_does_not_cover_it(head, leaver, things):
    clerk = UserFactory(registry_clerk=True, clearance=Classification.SECRET)

    with pytest.raises(Refused) as error:
        give_step(actor=head, step=things["steps"][0], to=clerk)

    assert error.value.code == "step_not_covered"


def test_step_that_waits_for_others_is_given_without_ado(head, successor, things):
    step = ReviewStepFactory(
        review=things["steps"][0].review, kind=ReviewStepKind.SUBMISSION, owner=head
    )

    given = give_step(actor=head, step=step, to=successor)

    assert given.owner == successor
    assert not Notice.objects.filter(recipient=successor).exists()


@pytest.mark.parametrize("who", ["officer", "cabinet", "administrator", "secretary_general"])
def test_work_is_handed_over_by_command_alone(request, leaver, successor, things, who):
    with pytest.raises(NotPermitted):
        give(request.getfixturevalue(who), leaver, Portion(successor, **things))


def test_person_of_a_state_holds_nothing(head, focal_point, successor):
    with pytest.raises(Refused):
        give(head, focal_point, Portion(successor))


def test_person_of_the_other_world_is_not_ones_to_hand_over(head, successor):
    with pytest.raises(NotPermitted):
        give(head, UserFactory(is_exercise=True), Portion(successor))


def test_nothing_goes_over_where_the_record_fails(head, leaver, successor, things, broken_record):
    with pytest.raises(DatabaseError):
        give(head, leaver, Portion(successor, **things))

    assert Dispute.objects.filter(desk_officer=leaver).count() == 1
    assert Notice.objects.count() == 0


# When an account is closed ---------------------------------------------------------------------------


def test_closing_an_account_that_holds_things_asks_the_head_to_hand_over(
    administrator, head, things, leaver
):
    leaver.unit = UnitFactory(head=head)
    leaver.save()

    deactivate_user(actor=administrator, user=leaver, reason="Left")

    task = Task.objects.exclude(pk=things["tasks"][0].pk).get()
    assert task.owner == head
    assert leaver.full_name in task.title
    assert task.url == f"/hand-over/{leaver.pk}/"
    assert "1" in task.note


def test_closing_an_account_without_a_unit_asks_whoever_commands(
    administrator, head, leaver, things
):
    deactivate_user(actor=administrator, user=leaver, reason="Left")

    assert Task.objects.filter(owner=head).count() == 1


def test_closing_an_account_that_holds_nothing_asks_nobody(administrator, head, leaver):
    deactivate_user(actor=administrator, user=leaver, reason="Left")

    assert Task.objects.count() == 0


def test_closing_an_account_is_not_held_up_where_nobody_commands(administrator, leaver, things):
    deactivate_user(actor=administrator, user=leaver, reason="Left")

    assert Task.objects.count() == 1


# Doors -----------------------------------------------------------------------------------------------


def test_page_lists_and_hands_over_what_is_ticked(client_for, head, leaver, successor, things):
    client, url = client_for(head), f"/hand-over/{leaver.pk}/"

    page = client.get(url).content.decode()
    assert "Files kept as desk officer (1)" in page
    assert things["files"][0].reference in page
    assert "Places in teams (1)" in page

    answer = client.post(
        url, {"to": successor.pk, "files": [things["files"][0].pk], "places": []}, follow=True
    )
    assert "It was handed over" in answer.content.decode()
    assert Dispute.objects.get(pk=things["files"][0].pk).desk_officer == successor


def test_page_shows_the_refusal_beside_the_successor(client_for, head, leaver, things):
    junior = UserFactory(clearance=Classification.OPEN)

    answer = client_for(head).post(
        f"/hand-over/{leaver.pk}/", {"to": junior.pk, "files": [things["files"][0].pk]}
    )

    assert answer.status_code == 409
    assert things["files"][0].reference in answer.context["form"].errors["to"][0]


def test_page_of_somebody_who_holds_nothing_says_so(client_for, head, leaver):
    page = client_for(head).get(f"/hand-over/{leaver.pk}/").content.decode()

    assert "Nothing is left to hand over" in page


def test_page_is_closed_to_those_who_do_not_command(client_for, officer, leaver, focal_point):
    assert client_for(officer).get(f"/hand-over/{leaver.pk}/").status_code == 403
    assert client_for(focal_point).get(f"/hand-over/{leaver.pk}/").status_code == 404


def test_page_that_closes_an_account_says_what_is_to_be_handed_over(
    client_for, administrator, leaver, things
):
    page = client_for(administrator).get(f"/accounts/users/{leaver.pk}/deactivate/")

    assert "To be handed over first" in page.content.decode()
    assert f"/hand-over/{leaver.pk}/" in page.content.decode()
    assert things["files"][0].reference not in page.content.decode()


def test_hand_over_by_api(api_for, head, leaver, successor, things):
    api, url = api_for(head), f"/api/v1/hand-overs/{leaver.pk}/"
    held = api.get(url).json()
    assert held["files"] == [str(things["files"][0].pk)]

    answer = api.post(
        f"{url}give/",
        {"portions": [{"to": str(successor.pk), "files": held["files"]}]},
        format="json",
    )

    assert answer.status_code == 200
    assert answer.json()["files"] == []
    assert answer.json()["places"] == [str(things["places"][0].pk)]
    assert api_for(successor).get(url).status_code == 403
