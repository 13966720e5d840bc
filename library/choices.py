"""What the codes of a data set mean, in our own words; a code that is not here is shown as written.

The labels are our reading of the published codes (domain.md § 5), not the set's own sentences.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.errors import Text

LEVELS = (1, 2, 3)
"""How far a provision goes, as coded: 0 is absent and not kept, 3 is the most detailed."""


class Kind(models.TextChoices):
    """Between whom an agreement was made (PA-X ``Agtp``)."""

    INTER = "Inter", _("Between States")
    INTER_INTRA = "InterIntra", _("Between States, on a conflict within one")
    INTRA = "Intra", _("Within a State")
    INTRA_LOCAL = "IntraLocal", _("Within a State, local")


class Stage(models.TextChoices):
    """At what point of a process an agreement stands (PA-X ``Stage``); no stage of our files."""

    PRE = "Pre", _("Pre-negotiation")
    CEASEFIRE = "Cea", _("Ceasefire")
    PARTIAL = "SubPar", _("Framework or partial")
    COMPREHENSIVE = "SubComp", _("Comprehensive")
    IMPLEMENTATION = "Imp", _("Implementation")
    RENEWAL = "Ren", _("Renewal")
    OTHER = "Oth", _("Other")


class SubStage(models.TextChoices):
    """The finer code of the stage (PA-X ``StageSub``)."""

    PROCESS = "Proc", _("Process of the talks")
    PRINCIPLES = "Prin", _("Principles")
    CONFIDENCE = "Conf", _("Confidence-building")
    PRE_MIXED = "PreMix", _("Several preparatory matters")
    PRE_OTHER = "PreOth", _("Another preparatory matter")
    CEASEFIRE = "Ceas", _("Ceasefire itself")
    RELATED = "Rel", _("Related to a ceasefire")
    CEASEFIRE_MIXED = "CeaMix", _("Ceasefire and related matters")
    SEVERAL_ISSUES = "MultIss", _("Several issues")
    ONE_ISSUE = "Iss", _("One issue")
    PARTIAL_OTHER = "FrparOth", _("Another partial agreement")
    FRAMEWORK = "FrAg", _("Framework agreement")
    CONSTITUTION = "FrCons", _("Constitution")
    MODALITIES = "ImpMod", _("Modalities of implementation")
    EXTENDS_SUBSTANCE = "ExtSub", _("Extends the substance")
    EXTENDS_PARTIES = "ExtPar", _("Extends the circle of parties")
    IMPLEMENTATION_OTHER = "ImpOth", _("Another matter of implementation")
    RENEWS_PRE = "Repre", _("Renews a pre-negotiation agreement")
    RENEWS_IMPLEMENTATION = "Reimp", _("Renews an implementation agreement")
    RENEWS_SUBSTANCE = "Resub", _("Renews a substantive agreement")
    RENEWS_OTHER = "Reoth", _("Renews another agreement")


OTHER_CODES: dict[str, Text] = {
    "Contp": _("Kind of conflict"),
    "Lgt": _("Pages"),
    "N_characters": _("Characters"),
    "Loc1GWNO": _("First country in the Gleditsch and Ward list"),
    "Loc2GWNO": _("Second country in the Gleditsch and Ward list"),
    "UcdpCon": _("Conflict in the Uppsala Conflict Data Program"),
    "UcdpAgr": _("Agreement in the Uppsala Conflict Data Program"),
    "PamAgr": _("Agreement in the Peace Accords Matrix"),
    "CowWar": _("War in the Correlates of War"),
    "ImSrc": _("Source of the text"),
}
"""Columns of PA-X that are kept beside the provisions, mostly numbers in other data sets."""


def label_of(codes: type[models.TextChoices], code: str) -> Text:
    """Return what a code means, or the code itself where the set brings one that we do not know."""
    return codes(code).label if code in codes.values else code
