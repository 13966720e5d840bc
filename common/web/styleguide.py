"""The style guide: every component of the design system on one page (development and tests only).

Its samples are fictitious and stand here in three languages, beside the page that shows them: they
are no words of the product and burden no translator.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from common.choices import Audience, Classification
from common.policy import Allowed, Denied

COLOURS = (
    "paper", "surface", "sunk", "ink", "ink-soft", "line", "line-strong", "green", "green-deep",
    "green-wash", "red", "red-wash", "amber", "amber-wash", "blue", "blue-wash",
)  # fmt: skip


def say(en: str, fr: str, ar: str) -> str:
    """Return the sample in the reader's language."""
    return {"fr": fr, "ar": ar}.get((get_language() or "en")[:2], en)


class SampleForm(forms.Form):
    """One field of each kind."""

    title_en = forms.CharField()
    title_ar = forms.CharField(required=False)
    given_on = forms.DateField()
    instrument = forms.ChoiceField(widget=forms.RadioSelect)
    states = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    classification = forms.TypedChoiceField(choices=Classification.choices, coerce=int)
    document = forms.FileField(required=False)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    is_checked = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in _field_words().items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        for name, choices in _field_choices().items():
            cast(forms.ChoiceField, self.fields[name]).choices = choices


class SampleFilter(forms.Form):
    """What a list is narrowed by."""

    words = forms.CharField(required=False)
    classification = forms.ChoiceField(choices=Classification.choices, required=False)
    opened_after = forms.DateField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = say("Words", "Mots", "كلمات")
        self.fields["classification"].label = say("Classification", "Classification", "درجة السرية")
        self.fields["opened_after"].label = say("Opened after", "Ouvert après le", "فُتح بعد")


class ReasonForm(forms.Form):
    """What a grave act asks for."""

    reason = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = say("Reason", "Motif", "السبب")


def _field_words() -> dict[str, tuple[str, str]]:
    return {
        "title_en": (say("Title in English", "Titre en anglais", "العنوان بالإنجليزية"), ""),
        "title_ar": (say("Title in Arabic", "Titre en arabe", "العنوان بالعربية"), ""),
        "given_on": (
            say("Given on", "Donné le", "تاريخ منح الموافقة"),
            say("The date on the instrument.", "La date de l’instrument.",
                "التاريخ الوارد في الصك."),
        ),
        "instrument": (say("Instrument", "Instrument", "الصك"), ""),
        "states": (
            say("States concerned", "États concernés", "الدول المعنية"),
            say("Only those that were notified.", "Seulement ceux qui ont reçu notification.",
                "الدول التي أُخطرت فقط."),
        ),
        "classification": (say("Classification", "Classification", "درجة السرية"), ""),
        "document": (
            say("Document", "Document", "الوثيقة"),
            say("PDF or Word, up to 25 MB.", "PDF ou Word, 25 Mo au plus.",
                "PDF أو Word، حتى 25 ميغابايت."),
        ),
        "words": (
            say("In their own words", "Dans leurs propres termes", "بعبارة صاحب الموافقة"), "",
        ),
        "is_checked": (
            say("I have the instrument before me", "J’ai l’instrument sous les yeux",
                "الصك موجود أمامي"),
            "",
        ),
    }  # fmt: skip


def _field_choices() -> dict[str, list[tuple[str, str]]]:
    return {
        "instrument": [
            ("signed", say("Signed instrument", "Instrument signé", "صك موقّع")),
            ("note", say("Note verbale", "Note verbale", "مذكرة شفوية")),
            ("oral", say("Oral, countersigned", "Orale, contresignée", "شفهية، مصدّق عليها")),
        ],
        "states": [("o", _orvana()), ("n", _naruba()), ("t", say("Kelvara", "Kelvara", "كيلفارا"))],
    }


def _orvana() -> str:
    return say("Orvana", "Orvana", "أورفانا")


def _naruba() -> str:
    return say("Naruba", "Naruba", "ناروبا")


def _tabs() -> list[dict[str, Any]]:
    rows = [
        (say("Process", "Processus", "العملية"), None),
        (say("Parties", "Parties", "الأطراف"), 4),
        (say("Consents", "Consentements", "الموافقات"), 2),
        (say("Agreements", "Accords", "الاتفاقات"), 1),
        (say("Documents", "Documents", "الوثائق"), 12),
        (say("Precedents", "Précédents", "السوابق"), 3),
        (say("History", "Historique", "السجل"), None),
    ]
    return [
        {"label": label, "count": count, "url": f"#tab-{number}", "is_current": number == 0}
        for number, (label, count) in enumerate(rows)
    ]


def _steps() -> list[dict[str, str]]:
    labels = [
        say("Early warning", "Alerte précoce", "إنذار مبكر"),
        say("Preparation", "Préparation", "إعداد"),
        say("Pre-negotiation", "Prénégociation", "ما قبل التفاوض"),
        say("Negotiation", "Négociation", "مفاوضات"),
        say("Framework", "Accord-cadre", "اتفاق إطاري"),
        say("Comprehensive agreement", "Accord global", "اتفاق شامل"),
        say("Implementation", "Mise en œuvre", "تنفيذ"),
        say("Monitoring", "Suivi", "رصد ومتابعة"),
    ]
    states = ["skipped", "done", "current", *["future"] * 5]
    return [{"label": text, "state": state} for text, state in zip(labels, states, strict=True)]


def _acts() -> list[dict[str, Any]]:
    missing = Denied(
        "consent_missing",
        say("The consent of Naruba is missing (sought on 1 November 2026).",
            "Le consentement du Naruba manque (sollicité le 1er novembre 2026).",
            "لم ترد موافقة ناروبا (طُلبت في 1 نوفمبر 2026)."),
        is_rule=True,
    )  # fmt: skip
    return [
        {
            "label": say("Soundings and talks about talks", "Sondages et pourparlers préliminaires",
                         "استطلاع المواقف والمحادثات التمهيدية"),
            "verdict": Allowed(say("With each side willing to be contacted.",
                                   "Avec chaque partie disposée à être contactée.",
                                   "مع كل جانب يرغب في الاتصال.")),
            "url": "#acts",
        },
        {
            "label": say("Mission to Orvana", "Mission en Orvana", "بعثة إلى أورفانا"),
            "verdict": Allowed(say("Agreed by Orvana, note of 12 October 2026.",
                                   "Acceptée par l’Orvana, note du 12 octobre 2026.",
                                   "بموافقة أورفانا، مذكرة 12 أكتوبر 2026.")),
            "url": "#acts",
        },
        {"label": say("Convene a joint round", "Convoquer un cycle conjoint", "عقد جولة مشتركة"),
         "verdict": missing},
        {"label": say("Table a proposal", "Présenter une proposition", "تقديم مقترح"),
         "verdict": missing},
    ]  # fmt: skip


def _timeline() -> list[dict[str, Any]]:
    return [
        {
            "date": date(2026, 10, 12),
            "title": say("Orvana agrees to receive a mission",
                         "L’Orvana accepte de recevoir une mission",
                         "توافق أورفانا على استقبال بعثة"),
            "url": "#timeline",
            "badges": [("neutral", say("note", "note", "مذكرة"))],
        },
        {
            "date": date(2026, 9, 2),
            "title": say("Both Governments accept the good offices of the Secretary General",
                         "Les deux Gouvernements acceptent les bons offices du Secrétaire général",
                         "الحكومتان تقبلان المساعي الحميدة للأمين العام"),
            "badges": [("neutral", say("oral", "orale", "شفهية")),
                       ("amber", say("team only", "équipe seule", "للفريق فقط"))],
            "by": say("Countersigned by the head of unit", "Contresigné par le chef d’unité",
                      "صدّق عليها رئيس الوحدة"),
        },
        {
            "date": date(2026, 5, 21),
            "is_major": True,
            "title": say("Mandate adopted: resolution 9/52-POL, paragraph 4",
                         "Mandat adopté : résolution 9/52-POL, paragraphe 4",
                         "اعتماد الولاية: القرار 9/52-س، الفقرة 4"),
            "text": say("Council of Foreign Ministers (exercise), 52nd session.",
                        "Conseil des ministres des Affaires étrangères (exercice), 52e session.",
                        "مجلس وزراء الخارجية (تمرين)، الدورة 52."),
        },
        {
            "date": date(2026, 3, 3),
            "title": say("File opened after the alert of 27 February",
                         "Dossier ouvert après l’alerte du 27 février",
                         "فُتح الملف بعد إنذار 27 فبراير"),
        },
    ]  # fmt: skip


def _beside() -> dict[str, Any]:
    return {
        "due": [
            {"what": say("Review of the mandate opens", "Ouverture de l’examen du mandat",
                         "بدء مراجعة الولاية"),
             "why": say("90 days before the close of the 53rd session",
                        "90 jours avant la clôture de la 53e session",
                        "قبل 90 يوماً من اختتام الدورة 53"),
             "on": date(2026, 12, 9), "tone": "amber", "url": "#due"},
            {"what": say("Reply of Naruba awaited", "Réponse du Naruba attendue",
                         "رد ناروبا منتظر"),
             "why": say("Note 001204, first sending", "Note 001204, premier envoi",
                        "المذكرة 001204، الإرسال الأول"),
             "on": date(2026, 12, 17)},
        ],
        "links": [
            {"label": say("Council of Foreign Ministers (exercise), 52nd session",
                          "Conseil des ministres des Affaires étrangères (exercice), 52e session",
                          "مجلس وزراء الخارجية (تمرين)، الدورة 52"), "url": "#basis"},
            {"label": say("Resolution 9/52-POL, paragraph 4", "Résolution 9/52-POL, paragraphe 4",
                          "القرار 9/52-س، الفقرة 4"), "url": "#basis"},
            {"label": say("Special Envoy, terms of reference v2",
                          "Envoyé spécial, termes de référence v2",
                          "مبعوث خاص، الاختصاصات، الصيغة 2")},
            {"label": say("Until the close of the 53rd session",
                          "Jusqu’à la clôture de la 53e session",
                          "حتى اختتام الدورة 53")},
        ],
        "seers": [
            {"who": say("Desk and team", "Chargé et équipe", "مسؤول الملف والفريق"),
             "what": say("4 persons", "4 personnes", "4 أشخاص")},
            {"who": say("Envoy", "Envoyé", "المبعوث"),
             "what": say("1, until 31 May 2027", "1, jusqu’au 31 mai 2027",
                         "واحد، حتى 31 مايو 2027")},
            {"who": _orvana(), "what": say("notified, shared parts", "notifié, parties communes",
                                           "أُخطرت، الأجزاء المشتركة")},
            {"who": _naruba(), "what": say("not notified", "non notifié", "لم تُخطر")},
        ],
    }  # fmt: skip


def _lists() -> dict[str, Any]:
    return {
        "work": [
            {"when": say("19 November", "19 novembre", "19 نوفمبر"),
             "what": say("Assess the mandate of the Special Envoy for the Upper Sahn valley",
                         "Évaluer le mandat de l’Envoyé spécial pour la haute vallée du Sahn",
                         "تقييم ولاية المبعوث الخاص لوادي سهن الأعلى"),
             "why": say("Review opened on 21 August.", "Examen ouvert le 21 août.",
                        "بدأت المراجعة في 21 أغسطس."),
             "url": "#work", "act_label": say("Write the assessment", "Rédiger l’évaluation",
                                              "كتابة التقييم")},
            {"when": say("note", "note", "مذكرة"),
             "what": say("Release the second sending of note 001187 to 4 States",
                         "Autoriser le deuxième envoi de la note 001187 à 4 États",
                         "إجازة الإرسال الثاني للمذكرة 001187 إلى 4 دول"),
             "why": say("14 working days since the first; 8 States have acknowledged.",
                        "14 jours ouvrables depuis le premier ; 8 États ont accusé réception.",
                        "مضى 14 يوم عمل على الإرسال الأول؛ أكدت 8 دول الاستلام."),
             "url": "#work", "act_label": say("Look and release", "Voir et autoriser",
                                              "الاطلاع والإجازة")},
        ],
        "tasks": [
            {"label": say("Parties", "Parties", "الأطراف"), "url": "#tasks",
             "status_label": say("complete", "complet", "مكتمل"), "status_tone": "green"},
            {"label": say("Root causes", "Causes profondes", "الأسباب الجذرية"), "url": "#tasks",
             "hint": say("Each with its source.", "Chacune avec sa source.", "كلٌّ بمصدره."),
             "status_label": say("not begun", "non commencé", "لم يبدأ")},
        ],
        "figures": [
            {"value": say("1,000+", "1 000+", "1,000+"),
             "label": say("files", "dossiers", "ملفات")},
            {"value": "12", "label": say("agreements", "accords", "اتفاقات"),
             "note": say("of which 3 final", "dont 3 finaux", "منها 3 نهائية")},
            {"value": say("83%", "83 %", "83%"),
             "label": say("commitments carried out", "engagements exécutés", "التزامات منفّذة")},
        ],
        "facts": [
            {"term": say("Territory", "Territoire", "الإقليم"),
             "value": say("Upper Sahn valley, both banks", "Haute vallée du Sahn, les deux rives",
                          "وادي سهن الأعلى، الضفتان")},
            {"term": say("Desk", "Service", "الجهة المختصة"),
             "value": say("Political Affairs", "Affaires politiques", "الشؤون السياسية"),
             "url": "#facts"},
            {"term": say("Nature, as described by the parties", "Nature, selon les parties",
                         "طبيعة النزاع كما وصفها الطرفان"), "value": ""},
        ],
        "versions": [
            {"number": 2, "at": datetime(2026, 10, 12, 9, 30, tzinfo=UTC), "by": "Salma Idris",
             "url": "#versions", "is_current": True, "size": 184_320,
             "media_type": "application/pdf", "digest": "9f2c4b7e" * 8},
            {"number": 1, "at": datetime(2026, 9, 2, 14, 5, tzinfo=UTC), "by": "Salma Idris",
             "url": "#versions", "size": 181_000, "media_type": "application/pdf",
             "note": say("Before the paragraph numbers were corrected.",
                         "Avant la correction des numéros de paragraphe.",
                         "قبل تصحيح أرقام الفقرات.")},
        ],
    }  # fmt: skip


class _Untranslated:
    """A title that lacks French and Arabic, to show a marked fallback."""

    title_en = "Boundary stones of Wadi Mur"


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with believable, fictitious content."""
    bound = SampleForm({"title_en": "", "title_ar": "المراعي والمياه", "given_on": "2026-13-40"})
    context = {
        "title": say("Grazing and water in the Upper Sahn valley",
                     "Pâturages et eau dans la haute vallée du Sahn",
                     "المراعي والمياه في وادي سهن الأعلى"),
        "parties": say("Government of Orvana – Government of Naruba",
                       "Gouvernement de l’Orvana – Gouvernement du Naruba",
                       "حكومة أورفانا – حكومة ناروبا"),
        "states": f"{_orvana()} · {_naruba()}",
        "active": say("Active", "Actif", "قائم"),
        "mediation": say("mediation", "médiation", "وساطة"),
        "sample": say("Record a contact", "Enregistrer un contact", "تسجيل اتصال"),
        "page_classification": Classification.CONFIDENTIAL,
        "page_is_exercise": True,
        "opened_on": date(2026, 3, 3),
        "files": say("Files", "Dossiers", "الملفات"),
        "consequences": [
            say("New outward acts stop at once inside the Secretariat.",
                "Les nouveaux actes extérieurs cessent aussitôt au Secrétariat.",
                "تتوقف الأعمال الخارجية الجديدة فوراً داخل الأمانة العامة."),
            say("Nobody outside sees it until a text is released.",
                "Personne à l’extérieur ne le voit avant la publication d’un texte.",
                "لا يطّلع عليه أحد في الخارج قبل إجازة نص بشأنه."),
        ],
        "untranslated": _Untranslated(),
        "colours": COLOURS,
        "classifications": list(Classification),
        "audiences": Audience.choices,
        "tones": ("neutral", "green", "amber", "red", "blue"),
        "insets": ("info", "success", "warning", "error"),
        "tabs": _tabs(),
        "steps": _steps(),
        "acts": _acts(),
        "entries": _timeline(),
        "form": SampleForm(),
        "bound_form": bound,
        "filter_form": SampleFilter(),
        "reason_form": ReasonForm(),
        "page": Paginator(range(500), 50).page(3),
        **_beside(),
        **_lists(),
    }  # fmt: skip
    return render(request, "styleguide.html", context)
