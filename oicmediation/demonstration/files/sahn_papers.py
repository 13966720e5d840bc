"""The papers of the file on the Upper Sahn valley: one for each audience."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File

from cases.models import Dispute, Document, Party
from cases.services.documents import add_document_version, file_document
from common.choices import Audience
from oicmediation.demonstration import papers
from oicmediation.demonstration.exercise import Exercise


def file_papers(exercise: Exercise, dispute: Dispute, orvana: Party) -> None:
    """File them, the last one in two versions."""
    officer = exercise.people["desk.officer"]

    def file(title: str, content: File[Any], audience: str, offset: int, **values: Any) -> Document:
        return file_document(
            actor=officer,
            dispute=dispute,
            file=content,
            title=title,
            audience=audience,
            dated=exercise.day(offset),
            **values,
        )

    file(
        "Resolution 9/52-POL",
        papers.pdf(
            "resolution-9-52-POL",
            "Resolution No. 9/52-POL",
            "On grazing and water in the Upper Sahn valley",
            "EXERCISE - invented text",
            "4. Requests the Secretary General to send a Special Envoy.",
        ),
        Audience.SHARED,
        -254,
        author="Council of Foreign Ministers",
        language="en",
    )
    file(
        "مذكرة تفسيرية عن عُرف المراعي",
        papers.docx(
            "mudhakkira",
            "تمرين - نص مُختلَق",
            "كان الرعاة يصعدون إلى المراعي بعد أول مطر، وينزلون عنها قبل الحصاد.",
            is_rtl=True,
        ),
        Audience.PARTIES,
        -140,
        author="The Special Envoy",
        language="ar",
    )
    file(
        "Position of Orvana on the weir",
        papers.pdf(
            "position-orvana",
            "EXERCISE - invented text",
            "The Government of Orvana sets out how the weir is worked in the dry months.",
        ),
        Audience.PARTY,
        -101,
        audience_party=orvana,
        author="Ministry of Foreign Affairs of Orvana",
        language="en",
    )
    file(
        "Notes for the Special Envoy",
        papers.plain_text(
            "notes-for-the-envoy", "EXERCISE - invented text", "Order of visits and persons met."
        ),
        Audience.TEAM,
        -60,
        language="en",
    )
    analysis = file(
        "Analyse de la situation",
        papers.docx(
            "analyse",
            "EXERCICE - texte inventé",
            "Les besoins des deux rives se rejoignent plus que leurs positions.",
        ),
        Audience.SECRETARIAT,
        -50,
        author="Unité de la paix, de la sécurité et du règlement des conflits",
        language="fr",
    )
    add_document_version(
        actor=officer,
        document=analysis,
        file=papers.docx(
            "analyse-2",
            "EXERCICE - texte inventé",
            "Les besoins des deux rives se rejoignent plus que leurs positions.",
            "Mise à jour après les entretiens avec les associations d’éleveurs.",
        ),
        note="Après les entretiens avec les associations d’éleveurs",
    )
