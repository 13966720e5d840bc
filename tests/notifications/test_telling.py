"""Who is told what: by permission, never the actor, once, in the transaction of the act."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from common import jobs
from common.choices import Classification
from notifications import facts, kinds
from notifications.choices import MailChoice, MailKind
from notifications.kinds import NoticeKind
from notifications.models import Mail, Notice
from notifications.selectors import notices_of, unread_count
from notifications.services import NewNotice, notify, notify_many, queue_mail
from tests.factories.accounts import StateUserFactory, UnitFactory, UserFactory
from tests.factories.cases import DisputeFactory, TeamMemberFactory
from tests.factories.notifications import KIND, NoticeFactory, PreferenceFactory

pytestmark = pytest.mark.django_db

FACTS = {"title": "Grazing", "on": date(2026, 3, 1)}


def tell(recipients, *, key="one", subject=None, **more):
    return notify(
        kind=more.pop("kind", KIND),
        key=key,
        recipients=recipients,
        subject=subject,
        url=more.pop("url", "/files/"),
        facts=more.pop("facts", FACTS),
        **more,
    )


def told():
    return {notice.recipient for notice in Notice.objects.all()}


# Recipients -------------------------------------------------------------------------------------


def test_notice_reaches_only_who_sees_the_subject(officer, other_officer, head, envoy, focal_point):
    dispute = DisputeFactory(desk_officer=officer)
    TeamMemberFactory(dispute=dispute, user=envoy)

    number = tell([officer, other_officer, head, envoy, focal_point], subject=dispute)

    assert told() == {officer, head, envoy}
    assert number == 3


def test_notice_never_reaches_the_actor(officer, head):
    tell([officer, head], subject=DisputeFactory(desk_officer=officer), actor=head)

    assert told() == {officer}


def test_notice_never_reaches_the_inactive_nor_the_less_cleared(db, officer):
    tell(
        [UserFactory(deactivated=True), UserFactory(clearance=Classification.OPEN), officer],
        classification=Classification.CONFIDENTIAL,
    )

    assert told() == {officer}


def test_notice_never_crosses_between_the_worlds(officer):
    player = UserFactory(desk_officer=True, is_exercise=True)
    in_charge = UserFactory(head_of_unit=True, is_exercise=True)

    tell([player], actor=officer)
    tell([in_charge], key="two", subject=DisputeFactory(desk_officer=officer))

    assert told() == set()


def test_same_key_reaches_a_person_once(officer, head):
    assert tell([officer, officer]) == 1
    assert tell([officer, head]) == 1
    assert tell([officer, head]) == 0
    assert Notice.objects.count() == 2


def test_database_refuses_a_double(officer):
    NoticeFactory(recipient=officer, key="one")

    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(recipient=officer, key="one")


def test_notice_is_gone_when_the_act_is_taken_back(officer):
    with transaction.atomic():
        tell([officer], kind="test.urgent")
        transaction.set_rollback(True)

    assert not Notice.objects.exists()
    assert not Mail.objects.exists()


def test_telling_many_costs_no_more_statements_than_telling_few(officer):
    disputes = [DisputeFactory(desk_officer=officer) for _n in range(40)]

    def cost(some):
        with CaptureQueriesContext(connection) as asked:
            number = notify_many(
                [
                    NewNotice(
                        kind=KIND,
                        key=f"{len(some)}:{dispute.pk}",
                        recipients=[officer],
                        subject=dispute,
                        url="/files/",
                        facts=FACTS,
                    )
                    for dispute in some
                ]
            )
        assert number == len(some)
        return len(asked)

    cost(disputes[:1])  # what is asked once a process is asked now
    assert cost(disputes) == cost(disputes[:2])


def test_telling_many_persons_asks_in_groups(officer):
    dispute = DisputeFactory(open_to_staff=True)
    crowd = [UserFactory(head_of_unit=True) for _n in range(30)]

    with CaptureQueriesContext(connection) as asked:
        assert tell([*crowd, officer], subject=dispute) == 31

    assert len(asked) <= 8


def test_nothing_to_tell_is_told_to_nobody(officer):
    assert notify_many([]) == 0
    assert tell([]) == 0


# What cannot be told ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "test.unheard"}, "not a registered kind"),
        ({"url": "https://evil.example/"}, "no address of this house"),
        ({"url": "//evil.example/"}, "no address of this house"),
        ({"facts": {"title": "Grazing"}}, "lacks the fact"),
    ],
)
def test_notice_that_could_not_be_read_is_a_mistake(officer, wrong, words):
    with pytest.raises(ValueError, match=words):
        tell([officer], **wrong)


def test_subject_that_the_kind_does_not_name_is_a_mistake(officer):
    with pytest.raises(ValueError, match=r"does not say that it speaks of accounts\.Unit"):
        tell([officer], subject=UnitFactory())


def test_kind_with_an_unknown_choice_of_mail_is_a_mistake():
    with pytest.raises(ValueError, match="sometimes"):
        NoticeKind(key="x", label="x", sentence="x", group="x", default_mail="sometimes")


# Channels ---------------------------------------------------------------------------------------


def test_kind_decides_until_the_person_does(officer):
    tell([officer])
    tell([officer], key="two", kind="test.urgent")

    assert Mail.objects.get().notice.key == "two"
    assert Mail.objects.get().kind == MailKind.NOTICE


def test_person_decides_by_kind_and_channel(officer, head, asg):
    PreferenceFactory(user=officer, is_shown=False, mail=MailChoice.AT_ONCE)
    PreferenceFactory(user=head, is_shown=False, mail=MailChoice.OFF)

    assert tell([officer, head, asg]) == 2

    assert [mail.user for mail in Mail.objects.all()] == [officer]
    assert unread_count(officer) == 0
    assert unread_count(asg) == 1


# Reading ----------------------------------------------------------------------------------------


def test_sentence_is_in_the_readers_language(officer):
    tell([officer], facts={"title": _("Mandate"), "on": date(2026, 3, 1)})
    notice = Notice.objects.get()

    assert notice.sentence == "Mandate waits since 1 March 2026."
    with translation.override("fr"):
        assert "1er mars 2026" in notice.sentence
    assert notice.why == "You keep this file."
    assert notice.kind_label == "File waits"


def test_facts_in_languages_fall_back():
    class Titled:
        title_en, title_fr, title_ar = "Grazing", "", "مراعي"

    stored = facts.stored({"title": facts.in_languages(Titled, "title"), "number": 3, "who": None})

    assert facts.in_words(stored) == {"title": "Grazing", "number": 3, "who": "None"}
    with translation.override("ar"):
        assert facts.in_words(stored)["title"] == "مراعي"
    assert facts.in_words({"title": {"en": "", "fr": "Pâturages"}})["title"] == "Pâturages"


def test_notice_of_a_kind_that_is_gone_says_little():
    assert NoticeFactory.build(kind="old.kind").sentence == "Something waits for you."


def test_notice_hides_with_its_subject(officer, events):
    dispute = DisputeFactory(desk_officer=officer)
    tell([officer], subject=dispute)
    assert unread_count(officer) == 1

    dispute.classification = Classification.SECRET
    dispute.save()

    assert unread_count(officer) == 0
    assert not notices_of(officer).exists()


def test_notice_hides_from_who_lost_clearance_or_account(officer):
    NoticeFactory(recipient=officer, classification=Classification.CONFIDENTIAL)
    officer.clearance = Classification.OPEN
    assert unread_count(officer) == 0

    NoticeFactory(recipient=officer)
    officer.is_active = False
    assert unread_count(officer) == 0


def test_notice_is_ones_own(officer, head):
    NoticeFactory(recipient=officer)

    assert unread_count(head) == 0


def test_bell_counts_in_two_questions_and_not_far(officer):
    Notice.objects.bulk_create([NoticeFactory.build(recipient=officer) for _n in range(130)])
    unread_count(officer)  # what is asked once a process is asked now

    with CaptureQueriesContext(connection) as asked:
        assert unread_count(officer) == 100

    assert len(asked) == 2


def test_kinds_are_offered_to_whom_they_are_for(officer, db):
    assert [kind.key for kind in kinds.offered_to(officer)] == ["test.urgent", KIND]
    assert [kind.key for kind in kinds.offered_to(StateUserFactory())] == ["test.states"]


# An account's mail ------------------------------------------------------------------------------


def test_mail_of_an_account_is_queued_once(officer):
    wanted = {"to": officer.email, "subject": "Hello", "text": "Words", "key": "one"}

    assert queue_mail(**wanted, user=officer)
    assert not queue_mail(**wanted, user=officer)
    assert Mail.objects.get().text == "Words"


def test_mail_to_no_address_is_refused(db):
    with pytest.raises(ValidationError):
        queue_mail(to="a@example.org\nBcc: b@example.org", subject="x", text="x", key="x")


def test_delivery_is_woken_after_commit(officer, monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr(jobs, "_send", lambda name, ids: woken.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        tell([officer], kind="test.urgent")
        assert woken == []

    assert woken == ["notifications.tasks.deliver_mail"]


def test_bell_of_whoever_has_read_everything_costs_one_question(officer, django_assert_num_queries):
    NoticeFactory(recipient=officer, read_at=timezone.now())

    with django_assert_num_queries(1):
        assert unread_count(officer) == 0
