"""Who takes part in the exercise: invented persons, one at least of each persona of the product."""

from __future__ import annotations

from dataclasses import dataclass

from common.choices import Classification

#: Known to whoever tries the house; the commands that make use of it refuse to run in production.
PASSWORD = "a-calm-harbour-1438"  # noqa: S105 - printed for everybody
DOMAIN = "example.org"

PSCU, CABINET, REGISTRY = "PSCU", "CABINET", "REGISTRY"
ORVANA, NARUBA, KELVARA, OSTAVAL, RUVELDA = "XOR", "XNA", "XTE", "XOS", "XRU"


@dataclass(frozen=True)
class Person:
    """An account of the exercise.

    Args:
        name: of the account, before the @; the key by which the exercise calls the person.
        full_name: in Latin letters.
        full_name_ar: in Arabic letters.
        role: code of a role (``accounts.roles``).
        language: in which the person reads.
        clearance: up to which the person reads.
        job_title: where the role does not say it all.
        unit: code of the unit of the General Secretariat.
        state: code of the invented State for which the person speaks.
        signs: confirms and ends the State's consent.
        administers: adds and removes the State's own users.
    """

    name: str
    full_name: str
    full_name_ar: str
    role: str
    language: str
    clearance: Classification = Classification.CONFIDENTIAL
    job_title: str = ""
    unit: str = ""
    state: str = ""
    signs: bool = False
    administers: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


_OPEN = Classification.OPEN
_RESTRICTED = Classification.RESTRICTED
_SECRET = Classification.SECRET

#: Two of them, because a change of role needs a second person.
ADMINISTRATORS = (
    Person("administrator", "Nabil Sorkanta", "نبيل سوركانتا", "administrator", "en", _SECRET),
    Person(
        "second.administrator",
        "Aminata Dovelane",
        "أميناتا دوفيلان",
        "administrator",
        "fr",
        _SECRET,
    ),
)

HOUSE = (
    Person(
        "desk.officer", "Halima Orsendi", "حليمة أورسندي", "desk_officer", "en", _SECRET, unit=PSCU
    ),
    Person(
        "second.desk.officer",
        "Idrissa Kamolet",
        "إدريسا كاموليت",
        "desk_officer",
        "fr",
        unit=PSCU,
    ),
    Person(
        "head.of.unit", "Salma Tiverani", "سلمى تيفيراني", "head_of_unit", "ar", _SECRET, unit=PSCU
    ),
    Person("asg", "Yusuf Barantel", "يوسف بارانتل", "asg", "en", _SECRET),
    Person(
        "secretary.general",
        "Ibrahim Solendar",
        "إبراهيم سولندار",
        "secretary_general",
        "ar",
        _SECRET,
    ),
    Person("cabinet", "Mariama Dessovi", "مريما ديسوفي", "sg_cabinet", "fr", _SECRET, unit=CABINET),
    Person(
        "registry",
        "Khadija Belouran",
        "خديجة بلوران",
        "registry_clerk",
        "en",
        _RESTRICTED,
        unit=REGISTRY,
    ),
    Person("envoy", "Amina Velshari", "أمينة فلشاري", "special_envoy", "en"),
    Person("wise.person", "Mustafa Kelvani", "مصطفى كلفاني", "wise_person", "ar"),
    Person("expert", "Fatou Ostrevan", "فاتو أوستريفان", "expert", "fr"),
    Person("auditor", "Tariq Molvesan", "طارق مولفسان", "auditor", "en", _OPEN),
)

DELEGATIONS = (
    Person("focal.orvana", "Layla Morvane", "ليلى مورفان", "focal_point", "en", state=ORVANA),
    Person(
        "signatory.orvana",
        "Karim Delshevi",
        "كريم دلشفي",
        "focal_point",
        "en",
        job_title="Director General, Ministry of Foreign Affairs",
        state=ORVANA,
        signs=True,
    ),
    Person(
        "administrator.orvana",
        "Dina Sarvesti",
        "دينا سارفستي",
        "focal_point",
        "en",
        state=ORVANA,
        administers=True,
    ),
    Person(
        "system.orvana",
        "Correspondence system of Orvana",
        "نظام مراسلات أورفانا",
        "rest_client",
        "en",
        state=ORVANA,
    ),
    Person("focal.naruba", "Moussa Tendaro", "موسى تندارو", "focal_point", "fr", state=NARUBA),
    Person(
        "signatory.naruba",
        "Aïcha Lenoravel",
        "عائشة لونورافل",
        "focal_point",
        "fr",
        job_title="Secretary General of the Ministry of Foreign Affairs",
        state=NARUBA,
        signs=True,
    ),
    Person(
        "administrator.naruba",
        "Ousmane Belkoro",
        "عثمان بلكورو",
        "focal_point",
        "fr",
        state=NARUBA,
        administers=True,
    ),
    Person("focal.kelvara", "Hassan Ildrevi", "حسن إلدرفي", "focal_point", "ar", state=KELVARA),
)

EVERYBODY = (*HOUSE, *DELEGATIONS, *ADMINISTRATORS)
