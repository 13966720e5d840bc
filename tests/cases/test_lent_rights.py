"""Rights on files go with an absence, for its days, up to the stand-in's clearance, and no further."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from accounts.models import User
from accounts.services.absences import call_off_absence, change_absence, record_absence
from cases.models import Dispute, DisputeGroupGrant
from cases.policies.rights import is_in_team
from cases.selectors.absences import absences_to_keep
from cases.selectors.audience import who_may_see
from cases.services.disputes import assign_desk_officer
from cases.services.ends import approve_end, propose_end
from cases.services.lent_rights import keep_in_step
from cases.services.team import add_team_member, end_team_member
from common.choices import Classification
from common.errors import Refused
from common.extensions import absence_gaps
from common.policy import may
from tests.factories.accounts import AbsenceFactory, UserFactory
from tests.factories.cases import DisputeFactory, TeamMemberFactory

TODAY = timezone.localdate()
WEEK = timedelta(days=6)


def fresh(user):
    return User.objects.get(pk=user.pk)


def away(user, stand_in, first=TODAY, last=TODAY + WEEK):
    return record_absence(
        actor=user, user=user, stand_in=stand_in, first_day=first, last_day=last, on=TODAY
    )


def sees(user, dispute):
    return Dispute.objects.visible_to(fresh(user)).filter(pk=dispute.pk).exists()


def sweep():
    return keep_in_step(absences=list(absences_to_keep(TODAY)))


@pytest.fixture
def dispute(officer):
    return DisputeFactory(desk_officer=officer)


# For the days ---------------------------------------------------------------------------------------


def test_stand_in_sees_and_works_on_the_files_of_whoever_is_away(officer, other_officer, dispute):
    assert not sees(other_officer, dispute)

    away(officer, other_officer)

    assert sees(other_officer, dispute)
    assert is_in_team(fresh(other_officer), Dispute.objects.get(pk=dispute.pk))
    assert may(fresh(other_officer), "cases.change_dispute", dispute)


def test_stand_in_sees_the_files_of_whose_team_the_absent_is(officer, other_officer):
    member = TeamMemberFactory(user=officer)

    away(officer, other_officer)

    assert sees(other_officer, member.dispute)


def test_stand_in_sees_nothing_before_the_first_day(officer, other_officer, dispute):
    away(officer, other_officer, first=TODAY + timedelta(days=1))

    assert not sees(other_officer, dispute)


def test_stand_in_sees_nothing_after_the_last_day(officer, other_officer, dispute):
    away(officer, other_officer)
    DisputeGroupGrant.objects.filter(group__name__startswith="absence:").update(
        valid_from=TODAY - WEEK, valid_to=TODAY - timedelta(days=1)
    )

    assert not sees(other_officer, dispute)


def test_right_lasts_no_longer_than_the_absents_own(officer, other_officer):
    last = TODAY + timedelta(days=2)
    member = TeamMemberFactory(user=officer, valid_from=TODAY, valid_to=last)

    away(officer, other_officer)

    grants = DisputeGroupGrant.objects.filter(
        group__name__startswith="absence:", content_object=member.dispute
    )
    assert {grant.valid_to for grant in grants} == {last}


def test_right_ends_at_once_when_the_absence_is_called_off(officer, other_officer, dispute):
    absence = away(officer, other_officer)

    call_off_absence(actor=officer, absence=absence, on=TODAY)

    assert not sees(other_officer, dispute)
    assert not DisputeGroupGrant.objects.filter(group__name__startswith="absence:").exists()


def test_right_goes_to_another_stand_in_at_once(officer, other_officer, dispute):
    third = UserFactory()
    absence = away(officer, other_officer)

    change_absence(actor=officer, absence=absence, on=TODAY, stand_in=third)

    assert sees(third, dispute)
    assert not sees(other_officer, dispute)


def test_right_of_ones_own_outlives_the_absence(officer, other_officer, dispute):
    TeamMemberFactory(dispute=dispute, user=other_officer)
    absence = away(officer, other_officer)

    call_off_absence(actor=officer, absence=absence, on=TODAY)

    assert sees(other_officer, dispute)


def test_of_two_loans_of_one_file_the_longer_counts(officer, other_officer, dispute):
    third = UserFactory(desk_officer=True)
    TeamMemberFactory(dispute=dispute, user=third)
    away(third, officer, last=TODAY + timedelta(days=1))

    absence = away(officer, other_officer)

    grants = DisputeGroupGrant.objects.filter(
        group__name=f"absence:{absence.pk}", content_object=dispute
    )
    assert {grant.valid_to for grant in grants} == {absence.last_day}


# Up to the clearance --------------------------------------------------------------------------------


def test_file_above_the_stand_ins_clearance_is_not_lent_and_named_to_those_who_see_it(
    officer, other_officer
):
    officer.clearance = Classification.SECRET
    officer.save()
    secret = DisputeFactory(desk_officer=officer, classification=Classification.SECRET)

    absence = away(officer, other_officer)

    assert not sees(other_officer, secret)
    assert not DisputeGroupGrant.objects.filter(group__name__startswith="absence:").exists()
    gaps = [gap for _key, find in absence_gaps for gap in find(fresh(officer), absence)]
    assert len(gaps) == 1
    assert secret.reference in gaps[0]
    hidden = [gap for _key, find in absence_gaps for gap in find(fresh(other_officer), absence)]
    assert hidden == []


def test_absence_called_off_lacks_nothing(officer, other_officer, dispute):
    absence = AbsenceFactory(user=officer, stand_in=other_officer, cancelled_at=timezone.now())

    assert [gap for _key, find in absence_gaps for gap in find(officer, absence)] == []


# In step --------------------------------------------------------------------------------------------


def test_file_given_meanwhile_is_lent_at_once(officer, other_officer, head, dispute):
    away(officer, other_officer)
    later = DisputeFactory()

    assign_desk_officer(actor=head, dispute=later, desk_officer=officer, on=TODAY)

    assert sees(other_officer, later)


def test_file_taken_away_meanwhile_is_taken_from_the_stand_in_at_once(
    officer, other_officer, head, dispute
):
    away(officer, other_officer)

    assign_desk_officer(actor=head, dispute=dispute, desk_officer=UserFactory(), on=TODAY)

    assert not sees(other_officer, dispute)


def test_place_that_ends_meanwhile_ends_for_the_stand_in(officer, other_officer, head):
    dispute = DisputeFactory()
    member = add_team_member(
        actor=head, dispute=dispute, user=officer, function="Adviser", valid_from=TODAY
    )
    away(officer, other_officer)

    end_team_member(actor=head, member=member, on=TODAY)

    grants = DisputeGroupGrant.objects.filter(
        group__name__startswith="absence:", content_object=dispute
    )
    assert {grant.valid_to for grant in grants} == {TODAY}


def test_sweep_lends_what_a_higher_clearance_has_come_to_reach(officer, other_officer, events):
    officer.clearance = Classification.SECRET
    officer.save()
    secret = DisputeFactory(desk_officer=officer, classification=Classification.SECRET)
    away(officer, other_officer)
    other_officer.clearance = Classification.SECRET
    other_officer.save()

    assert sweep() == 1
    assert sweep() == 0

    assert sees(other_officer, secret)
    assert events("cases.rights_lent")[-1].payload["lent"] == [str(secret.pk)]


def test_sweep_takes_back_what_the_absent_no_longer_reaches(officer, other_officer, dispute):
    away(officer, other_officer)
    officer.clearance = Classification.OPEN
    officer.save()

    assert sweep() == 1

    assert not sees(other_officer, dispute)


# Along the chain ------------------------------------------------------------------------------------


def test_whoever_stands_in_for_the_stand_in_has_the_files_too(officer, other_officer, dispute):
    third = UserFactory()
    away(other_officer, third, last=TODAY)

    away(officer, other_officer)

    assert sees(third, dispute)
    grants = DisputeGroupGrant.objects.filter(group__user=third, group__name__startswith="absence:")
    assert {grant.valid_to for grant in grants} == {TODAY}


def test_stand_in_who_goes_away_later_hands_the_files_on(officer, other_officer, dispute):
    third = UserFactory()
    away(officer, other_officer)

    away(other_officer, third, last=TODAY)

    assert sees(third, dispute)


def test_two_who_stand_in_for_each_other_lend_once(officer, other_officer, dispute):
    other = DisputeFactory(desk_officer=other_officer)
    away(officer, other_officer)
    AbsenceFactory(user=other_officer, stand_in=officer)

    sweep()

    assert sees(other_officer, dispute)
    assert sees(other_officer, other)
    assert sweep() == 0


# Who may see, and why -------------------------------------------------------------------------------


def test_audience_names_the_stand_in_and_why(officer, other_officer, dispute):
    absence = away(officer, other_officer)

    line = next(seer for seer in who_may_see(dispute) if seer.who == other_officer.full_name)

    assert line.what == "the whole file"
    assert line.why == f"stands in for {officer.full_name}"
    assert (line.valid_from, line.valid_to) == (absence.first_day, absence.last_day)


def test_audience_names_whoever_stands_in_for_the_head(head, other_officer, dispute):
    AbsenceFactory(user=head, stand_in=other_officer)

    line = next(seer for seer in who_may_see(dispute) if seer.who == other_officer.full_name)

    assert line.why == f"stands in for {head.full_name}"


# Two persons stay two -------------------------------------------------------------------------------


def test_stand_in_does_not_approve_what_the_absent_head_proposed(head, other_officer, dispute):
    propose_end(actor=head, dispute=dispute, outcome="opened_in_error", reason="Twice")
    AbsenceFactory(user=head, stand_in=other_officer)

    with pytest.raises(Refused) as error:
        approve_end(actor=fresh(other_officer), dispute=dispute, on=TODAY)

    assert error.value.code == "stands_in_for_first"


def test_stand_in_does_not_approve_what_they_proposed_themselves(head, officer, dispute):
    propose_end(actor=officer, dispute=dispute, outcome="opened_in_error", reason="Twice")
    AbsenceFactory(user=head, stand_in=officer)

    with pytest.raises(Refused) as error:
        approve_end(actor=fresh(officer), dispute=dispute, on=TODAY)

    assert error.value.code == "same_person"


def test_stand_in_approves_what_a_third_proposed(head, officer, other_officer, dispute):
    propose_end(actor=officer, dispute=dispute, outcome="opened_in_error", reason="Twice")
    AbsenceFactory(user=head, stand_in=other_officer)

    assert approve_end(actor=fresh(other_officer), dispute=dispute, on=TODAY).is_ended


def test_nothing_is_lent_where_the_record_fails(officer, other_officer, dispute, broken_record):
    with pytest.raises(DatabaseError):
        away(officer, other_officer)

    assert not sees(other_officer, dispute)
