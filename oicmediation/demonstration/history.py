"""The one real file: what was published of the peace process in the Southern Philippines.

Agreements and communiqués of the Government–MNLF process, 1976 to January 2016, quoted with source
and date, and nothing else (domain.md § 7, Demonstration). Titles of texts stand as published; the
Organisation bears its name of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.choices import AgreementStage, AgreementStatus, DisputeType
from cases.services.history import open_published_history, record_published_agreement
from common.actor import SYSTEM
from institutions.choices import ActorKind
from institutions.models import Actor
from oicmediation.demonstration.exercise import in_three


def _pax(number: int) -> str:
    return f"PA-X Peace Agreements Database, version 2, AgtId {number} (Bell and Badanjak 2019)"


@dataclass(frozen=True)
class Published:
    """An agreement or communiqué as its source gives it.

    Args:
        titles: in English as published; in French and Arabic where it is known by such a name.
        earliest: the day, or the earliest it may be.
        latest: the latest it may be, where the source gives no day.
        as_written: the date in the words of the source, where it gives no day.
    """

    titles: dict[str, Any]
    stage: AgreementStage
    source: str
    earliest: date
    latest: date | None = None
    as_written: str = ""
    place: str = ""
    names_oic: bool = True
    summary: str = ""


PUBLISHED = (
    Published(
        titles=in_three("title", "Tripoli Agreement", "Accord de Tripoli", "اتفاق طرابلس"),
        stage=AgreementStage.OTHER,
        earliest=date(1976, 12, 23),
        place="Tripoli",
        names_oic=False,
        source=f"Named with this date among the former agreements in {_pax(479)}",
        summary="The Final Agreement of 1996 is on its implementation.",
    ),
    Published(
        titles={"title_en": "Statement of Understanding"},
        stage=AgreementStage.PRE_NEGOTIATION,
        earliest=date(1993, 4, 16),
        source=_pax(545),
        summary="The Final Agreement of 1996 lists it with the date of 14 April 1993.",
    ),
    Published(
        titles={
            "title_en": "1993 Interim Ceasefire Agreement Between the Government of the Republic of "
            "The Philippines (GRP) and the Moro National Liberation Front (MNLF) with the "
            "Participation of the Organization of the Islamic Conference (OIC)"
        },
        stage=AgreementStage.CEASEFIRE,
        earliest=date(1993, 11, 7),
        source=_pax(187),
    ),
    Published(
        titles={
            "title_en": "Final agreement on the implementation of the 1976 Tripoli Agreement between "
            "the Government of the Republic of the Philippines (GRP) and the Moro National "
            "Liberation Front (MNLF)"
        },
        stage=AgreementStage.IMPLEMENTATION,
        earliest=date(1996, 9, 2),
        place="Manila",
        source=_pax(479),
    ),
    Published(
        titles={
            "title_en": "Communique on the Tripartite Meeting between the GRP, the MNLF and the OIC"
        },
        stage=AgreementStage.IMPLEMENTATION,
        earliest=date(2007, 11, 12),
        source=_pax(1074),
    ),
    Published(
        titles=in_three(
            "title",
            "Fifth meeting of the tripartite review",
            "Cinquième réunion de l’examen tripartite",
            "الاجتماع الخامس للمراجعة الثلاثية",
        ),
        stage=AgreementStage.IMPLEMENTATION,
        earliest=date(2016, 1, 1),
        latest=date(2016, 1, 31),
        as_written="January 2016",
        source="Report of emiratesnewsreleases of 28 January 2016",
        summary="The review of the agreement of 1996 had begun in 2007.",
    ),
)


def publish(*, on: date) -> None:
    """Enter the file with all that :data:`PUBLISHED` holds.

    Args:
        on: the day on which it is entered here.
    """
    government = Actor.objects.get(kind=ActorKind.STATE, code="PHL", is_exercise=False)
    movement = Actor.objects.get(kind=ActorKind.MOVEMENT, code="MNLF", is_exercise=False)
    process = open_published_history(
        actor=SYSTEM,
        type=DisputeType.MINORITY_IN_NONMEMBER,
        opened_on=on,
        process_opened_on=PUBLISHED[0].earliest,
        process_titles=in_three(
            "title",
            "Government–MNLF process",
            "Processus entre le Gouvernement et le FNLM",
            "عملية السلام بين الحكومة والجبهة الوطنية لتحرير مورو",
        ),
        parties=[
            (government, "Government of the Republic of the Philippines (GRP)"),
            (movement, "Moro National Liberation Front (MNLF)"),
        ],
        **in_three(
            "title",
            "Peace process in the Southern Philippines",
            "Processus de paix dans le sud des Philippines",
            "عملية السلام في جنوب الفلبين",
        ),
        **in_three(
            "summary",
            "Published history: agreements and communiqués from 1976 to January 2016, with the "
            "participation of the Organisation of the Islamic Conference, since June 2011 the "
            "Organisation of Islamic Cooperation. Nothing else is kept here.",
            "Histoire publiée : accords et communiqués de 1976 à janvier 2016, avec la participation "
            "de l’Organisation de la Conférence islamique, devenue en juin 2011 l’Organisation de la "
            "coopération islamique. Rien d’autre n’est conservé ici.",
            "تاريخ منشور: اتفاقات وبيانات من عام 1976 إلى يناير 2016 بمشاركة منظمة المؤتمر الإسلامي، "
            "التي أصبحت في يونيو 2011 منظمة التعاون الإسلامي. ولا يُحفظ هنا شيء غير ذلك.",
        ),
        **in_three(
            "territory",
            "Southern Philippines",
            "Sud des Philippines",
            "جنوب الفلبين",
        ),
    )
    parties = list(process.parties.all())
    for text in PUBLISHED:
        record_published_agreement(
            actor=SYSTEM,
            process=process,
            recorded_on=on,
            parties=parties,
            stage=text.stage,
            status=AgreementStatus.AGREED,
            signed_earliest=text.earliest,
            signed_latest=text.latest,
            signed_as_written=text.as_written,
            place=text.place,
            names_oic=text.names_oic,
            summary=text.summary,
            source=text.source,
            **text.titles,
        )
