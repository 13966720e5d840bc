"""Who stands on an agreement, and what it provides for."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from cases.choices import Sex
from cases.models import Agreement, AgreementProvision, Party, Signatory
from cases.services.agreements import require_own_parties
from cases.services.disputes import require_one_world
from common.changes import lock
from common.errors import Refused
from common.policy import require
from institutions.models import Actor
from library.provisions import PROVISIONS


@transaction.atomic
def add_signatory(
    *,
    actor: User,
    agreement: Agreement,
    role: str,
    party: Party | None = None,
    signatory_actor: Actor | None = None,
    name: str = "",
    function: str = "",
    sex: str = Sex.UNKNOWN,
) -> Signatory:
    """Record who stands on an agreement: a signatory, a witness or a guarantor.

    Args:
        party: for which party the person signed.
        signatory_actor: the State, organisation or person, where the register knows it.
        sex: kept for the shares of women; what is not known is said to be not known.

    Raises:
        Refused: the party is of another file, or the actor of the other world.
    """
    agreement = lock(agreement)
    require(actor, "cases.change_agreement", agreement)
    signatory = write_signatory(
        agreement,
        role=role,
        party=party,
        signatory_actor=signatory_actor,
        name=name,
        function=function,
        sex=sex,
    )
    record(
        actor=actor,
        verb="cases.signatory_added",
        target=signatory,
        subject=agreement.process.dispute,
        role=role,
        agreement=agreement,
    )
    return signatory


def write_signatory(
    agreement: Agreement,
    *,
    role: str,
    party: Party | None = None,
    signatory_actor: Actor | None = None,
    **values: str,
) -> Signatory:
    """Write who stands on an agreement.

    Raises:
        Refused: as :func:`add_signatory` does.
    """
    dispute = agreement.process.dispute
    require_own_parties(dispute, [party], "party")
    require_one_world(dispute, signatory_actor)
    signatory = Signatory(
        agreement=agreement, role=role, party=party, actor=signatory_actor, **values
    )
    signatory.full_clean()
    signatory.save()
    return signatory


@transaction.atomic
def remove_signatory(*, actor: User, signatory: Signatory) -> None:
    """Take a signatory, witness or guarantor off the record of an agreement; the act stays on it."""
    signatory = lock(signatory)
    agreement = signatory.agreement
    require(actor, "cases.change_agreement", agreement)
    Signatory.objects.filter(pk=signatory.pk).delete()
    record(
        actor=actor,
        verb="cases.signatory_removed",
        target=signatory,
        subject=agreement.process.dispute,
        role=signatory.role,
        agreement=agreement,
    )


@transaction.atomic
def record_provision(
    *, actor: User, agreement: Agreement, code: str, level: int, text: str = ""
) -> AgreementProvision:
    """Record a provision of an agreement on the common typology (domain.md § 5).

    Args:
        code: a code of ``library.provisions``: one list for our agreements and the published ones.
        level: detail, 1 to 3.
        text: the wording.

    Raises:
        Refused: no such code.
    """
    agreement = lock(agreement)
    require(actor, "cases.change_agreement", agreement)
    provision = write_provision(agreement, code, level, text)
    record(
        actor=actor,
        verb="cases.provision_recorded",
        target=provision,
        subject=agreement.process.dispute,
        code=code,
        level=level,
        agreement=agreement,
    )
    return provision


def write_provision(
    agreement: Agreement, code: str, level: int, text: str = ""
) -> AgreementProvision:
    """Write a provision of an agreement.

    Raises:
        Refused: as :func:`record_provision` does.
    """
    if code not in PROVISIONS:
        raise Refused("unknown_provision", _("There is no such provision code."), field="code")
    provision = AgreementProvision(agreement=agreement, code=code, level=level, text=text)
    provision.full_clean()
    provision.save()
    return provision


@transaction.atomic
def remove_provision(*, actor: User, provision: AgreementProvision) -> None:
    """Take a provision off the record of an agreement; the act stays on it."""
    provision = lock(provision)
    agreement = provision.agreement
    require(actor, "cases.change_agreement", agreement)
    AgreementProvision.objects.filter(pk=provision.pk).delete()
    record(
        actor=actor,
        verb="cases.provision_removed",
        target=provision,
        subject=agreement.process.dispute,
        code=provision.code,
        agreement=agreement,
    )
