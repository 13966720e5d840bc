"""The catalogue of coded provisions of PA-X: code, group, and what it means in our own words.

Grouping after domain.md § 5. ``ImSrc`` (where the text was found) is no provision and stands among
an agreement's other codes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.errors import Text


class Group(TextChoices):
    """What a provision is about, in the order in which pages show it."""

    GROUPS = "groups", _("Groups of persons")
    GENDER = "gender", _("Women, men and family")
    STATE = "state", _("Definition of the State")
    GOVERNANCE = "governance", _("Governance")
    POLITICAL_POWER = "political_power", _("Political power-sharing")
    TERRITORIAL_POWER = "territorial_power", _("Territorial power-sharing")
    ECONOMIC_POWER = "economic_power", _("Economic power-sharing")
    MILITARY_POWER = "military_power", _("Military power-sharing")
    RIGHTS = "rights", _("Human rights and equality")
    JUSTICE = "justice", _("Justice sector")
    DEVELOPMENT = "development", _("Socio-economic reconstruction")
    LAND = "land", _("Land, heritage and environment")
    SECURITY = "security", _("Security sector")
    TRANSITION = "transition", _("Transitional justice")
    IMPLEMENTATION = "implementation", _("Implementation")
    OTHER = "other", _("Other codes")


@dataclass(frozen=True)
class ProvisionCode:
    """One code of the set."""

    code: str
    group: Group
    label: Text


_CATALOGUE: dict[Group, dict[str, Text]] = {
    Group.GROUPS: {
        "GCh": _("Children and young people"),
        "GChRhet": _("Children and young people: mentioned"),
        "GChAntid": _("Children and young people: no discrimination"),
        "GChSubs": _("Children and young people: measures"),
        "GChOth": _("Children and young people: other"),
        "GDis": _("Persons with disabilities"),
        "GDisRhet": _("Persons with disabilities: mentioned"),
        "GDisAntid": _("Persons with disabilities: no discrimination"),
        "GDisSubs": _("Persons with disabilities: measures"),
        "GDisOth": _("Persons with disabilities: other"),
        "GAge": _("Older persons"),
        "GAgeRhet": _("Older persons: mentioned"),
        "GAgeAntid": _("Older persons: no discrimination"),
        "GAgeSubs": _("Older persons: measures"),
        "GAgeOth": _("Older persons: other"),
        "GMig": _("Migrant workers"),
        "GMigRhet": _("Migrant workers: mentioned"),
        "GMigAntid": _("Migrant workers: no discrimination"),
        "GMigSubs": _("Migrant workers: measures"),
        "GMigOth": _("Migrant workers: other"),
        "GRa": _("Racial, ethnic or national groups"),
        "GRaRhet": _("Racial, ethnic or national groups: mentioned"),
        "GRaAntid": _("Racial, ethnic or national groups: no discrimination"),
        "GRaSubs": _("Racial, ethnic or national groups: measures"),
        "GRaOth": _("Racial, ethnic or national groups: other"),
        "GRe": _("Religious groups"),
        "GReRhet": _("Religious groups: mentioned"),
        "GReAntid": _("Religious groups: no discrimination"),
        "GReSubs": _("Religious groups: measures"),
        "GReOth": _("Religious groups: other"),
        "GInd": _("Indigenous peoples"),
        "GIndRhet": _("Indigenous peoples: mentioned"),
        "GIndAntid": _("Indigenous peoples: no discrimination"),
        "GIndSubs": _("Indigenous peoples: measures"),
        "GIndOth": _("Indigenous peoples: other"),
        "GOth": _("Other groups"),
        "GOthRhet": _("Other groups: mentioned"),
        "GOthAntid": _("Other groups: no discrimination"),
        "GOthSubs": _("Other groups: measures"),
        "GOthOth": _("Other groups: other"),
        "GRef": _("Refugees and displaced persons"),
        "GRefRhet": _("Refugees and displaced persons: mentioned"),
        "GRefSubs": _("Refugees and displaced persons: measures"),
        "GRefOth": _("Refugees and displaced persons: other"),
        "GSoc": _("Social class"),
        "GSocRhet": _("Social class: mentioned"),
        "GSocAntid": _("Social class: no discrimination"),
        "GSocSubs": _("Social class: measures"),
        "GSocOth": _("Social class: other"),
    },
    Group.GENDER: {
        "GeWom": _("Women, girls and gender"),
        "GeMe": _("Men and boys"),
        "GeMeNu": _("Wording neutral as to gender"),
        "GeMeOth": _("Men and boys: other"),
        "GeSo": _("Sexual orientation, as coded"),
        "GeLgbti": _("LGBTI persons, as coded"),
        "GeLgbtiPos": _("LGBTI persons: inclusive wording, as coded"),
        "GeLgbtiNeg": _("LGBTI persons: excluding wording, as coded"),
        "GeFa": _("Family"),
    },
    Group.STATE: {
        "StDef": _("Definition of the State"),
        "StGen": _("Nature of the State in general"),
        "StCon": _("Configuration of the State"),
        "StSd": _("Self-determination"),
        "StRef": _("Referendum on the State"),
        "StSym": _("Symbols of the State"),
        "StInd": _("Independence or secession"),
        "StUni": _("Accession or unification"),
        "StBor": _("Delimitation of borders"),
        "StXbor": _("Cross-border arrangements"),
    },
    Group.GOVERNANCE: {
        "Pol": _("Political institutions"),
        "PolGen": _("Political institutions in general"),
        "PolNewInd": _("New political institutions"),
        "PolNewTemp": _("Temporary political institutions"),
        "ConRen": _("Constitution renewed or affirmed"),
        "Cons": _("Making or reform of the constitution"),
        "Ele": _("Elections"),
        "ElecComm": _("Electoral commission"),
        "PolPar": _("Reform of political parties"),
        "PolParTrans": _("Movements becoming political parties"),
        "PolParOth": _("Political parties: other"),
        "Civso": _("Civil society"),
        "Tral": _("Traditional and religious leaders"),
        "Pubad": _("Public administration"),
    },
    Group.POLITICAL_POWER: {
        "Polps": _("Political power-sharing"),
        "PpsSt": _("Power-sharing at the level of the State"),
        "PpsSub": _("Power-sharing below the level of the State"),
        "PpsEx": _("Coalition in the executive"),
        "PpsOro": _("Proportionality in the legislature"),
        "PpsOthPr": _("Proportionality elsewhere"),
        "PpsVet": _("Veto or communal majority"),
        "PpsAut": _("Autonomy of communities"),
        "PpsInt": _("International share in government"),
        "PpsOth": _("Political power-sharing: other"),
    },
    Group.TERRITORIAL_POWER: {
        "Terps": _("Territorial power-sharing"),
        "TpsSub": _("Federal or similar division"),
        "TpsLoc": _("Local and municipal government"),
        "TpsAut": _("Territorial autonomy"),
        "TpsOth": _("Territorial power-sharing: other"),
    },
    Group.ECONOMIC_POWER: {
        "Eps": _("Economic power-sharing"),
        "EpsRes": _("Sharing of resources"),
        "EpsFis": _("Sharing of taxes between levels of government"),
        "EpsOth": _("Economic power-sharing: other"),
    },
    Group.MILITARY_POWER: {
        "Mps": _("Military power-sharing"),
        "MpsMe": _("Merger of forces"),
        "MpsJt": _("Joint command"),
        "MpsPro": _("Proportionality in the forces"),
        "MpsOth": _("Military power-sharing: other"),
    },
    Group.RIGHTS: {
        "HrGen": _("Human rights and rule of law in general"),
        "EqGen": _("Equality"),
        "HrDem": _("Democracy"),
        "Prot": _("Protection"),
        "ProtCiv": _("Protection of civilians"),
        "ProtGrp": _("Protection of groups"),
        "ProtLgl": _("Protection by law"),
        "ProtOth": _("Protection: other"),
        "HrFra": _("Framework of human rights"),
        "HrfSp": _("Single rights named"),
        "HrfBor": _("Bill of rights"),
        "HrfTinc": _("Treaties made part of the law"),
        "HrfOth": _("Framework of human rights: other"),
        "HrCp": _("Civil and political rights"),
        "CprLife": _("Right to life"),
        "CprTort": _("Freedom from torture"),
        "CprEq": _("Equality before the law"),
        "CprSlav": _("Freedom from slavery"),
        "CprLib": _("Liberty and security of the person"),
        "CprDet": _("Humane treatment in detention"),
        "CprFmov": _("Freedom of movement"),
        "CprFspe": _("Freedom of speech"),
        "CprFass": _("Freedom of association"),
        "CprTria": _("Fair trial"),
        "CprPriv": _("Private and family life"),
        "CprVote": _("Vote and part in public life"),
        "CprReli": _("Thought, conscience and religion"),
        "CprOth": _("Civil and political rights: other"),
        "HrSec": _("Economic, social and cultural rights"),
        "SerProp": _("Right to property"),
        "SerWork": _("Right to work"),
        "SerHeal": _("Right to health"),
        "SerEdu": _("Right to education"),
        "SerStdl": _("Adequate standard of living"),
        "SerShel": _("Housing"),
        "SerSs": _("Social security"),
        "SerCult": _("Cultural life"),
        "SerOth": _("Economic, social and cultural rights: other"),
        "HrNi": _("National human rights institution"),
        "HrNiMe": _("National human rights institution: mentioned"),
        "HrNiNe": _("National human rights institution: new or renewed"),
        "HrNiOth": _("National human rights institution: other"),
        "HrIi": _("International human rights institutions"),
        "HrIiMon": _("International human rights institutions: monitoring"),
        "HrIiBod": _("International human rights institutions: body given a task"),
        "HrIiOth": _("International human rights institutions: other"),
        "HrMob": _("Mobility and access"),
        "HrDet": _("Procedure in detention"),
        "Med": _("Media and communication"),
        "MedGov": _("Governance of the media"),
        "MedSubs": _("Role of the media"),
        "MedLog": _("Communication about the agreement"),
        "MedOth": _("Media and communication: other"),
        "HrCit": _("Citizenship"),
        "CitGen": _("Citizenship in general"),
        "CitRights": _("Rights of citizens"),
        "CitDef": _("Who is a citizen"),
        "CitOth": _("Citizenship: other"),
    },
    Group.JUSTICE: {
        "JusCr": _("Criminal justice"),
        "JusCrSp": _("Reform of single laws"),
        "JusCrSys": _("Reform of the criminal justice system"),
        "JusCrPow": _("Division of powers in criminal justice"),
        "JusEm": _("State of emergency"),
        "JusJu": _("Judiciary and courts"),
        "JusPri": _("Prisons and detention"),
        "JusTra": _("Traditional and religious law"),
    },
    Group.DEVELOPMENT: {
        "Dev": _("Development and reconstruction"),
        "DevSoc": _("Social and economic development"),
        "DevHum": _("Humanitarian assistance"),
        "DevInfra": _("Infrastructure and rebuilding"),
        "NEC": _("National economic plan"),
        "NatRes": _("Natural resources"),
        "IntFu": _("International funds"),
        "Bus": _("Business"),
        "Tax": _("Taxation"),
        "TaxPo": _("Power to tax"),
        "TaxRef": _("Reform of taxes"),
        "TaxOth": _("Taxation: other"),
        "Ban": _("Banks"),
        "CenBan": _("Central bank"),
        "BanPers": _("Personal and commercial banking"),
        "BanInt": _("International finance"),
        "BanXb": _("Flow of money across borders"),
    },
    Group.LAND: {
        "LaRef": _("Land reform and rights to land"),
        "LaRefMan": _("Transfer and management of land"),
        "LaRefRet": _("Return and restitution of property"),
        "LaRefOth": _("Land reform: other"),
        "LaNom": _("Rights of pastoralists and nomads"),
        "LaCH": _("Cultural heritage"),
        "LaCHTa": _("Cultural heritage: monuments and objects"),
        "LaCHIt": _("Cultural heritage: living traditions"),
        "LaCHPro": _("Cultural heritage: promotion"),
        "LaCHOth": _("Cultural heritage: other"),
        "LaEn": _("Environment"),
        "Wat": _("Water and rivers"),
    },
    Group.SECURITY: {
        "SsrGua": _("Security guarantees"),
        "Ce": _("Ceasefire"),
        "CeProv": _("Ceasefire provisions"),
        "CeGen": _("Ceasefire mentioned in general"),
        "SsrPol": _("Police"),
        "SsrArm": _("Armed forces"),
        "SsrDdr": _("Disarmament, demobilisation and reintegration"),
        "DdrDemil": _("Demilitarisation"),
        "DdrProg": _("Programme of disarmament, demobilisation and reintegration"),
        "SsrInt": _("Intelligence services"),
        "SsrPsf": _("Forces of movements and auxiliary forces"),
        "SsrFf": _("Withdrawal of foreign forces"),
        "Cor": _("Corruption"),
        "SsrCrOcr": _("Organised crime"),
        "SsrDrugs": _("Drugs"),
        "Terr": _("Terrorism, as coded"),
    },
    Group.TRANSITION: {
        "TjGen": _("Transitional justice in general"),
        "TjAm": _("Amnesty and pardon"),
        "TjAmPro": _("Amnesty or pardon granted"),
        "TjSan": _("Relief from other sanctions"),
        "TjPower": _("Power to grant amnesty"),
        "TjAmBan": _("Amnesty excluded"),
        "TjCou": _("Courts for past events"),
        "TjJaNc": _("National courts for past events"),
        "TjJaIc": _("International courts for past events"),
        "TjMech": _("Commission on past events"),
        "TjPrire": _("Release of prisoners"),
        "TjVet": _("Vetting"),
        "TjVic": _("Victims"),
        "TjMis": _("Missing persons"),
        "TjRep": _("Reparations"),
        "TjRSym": _("Symbolic reparations"),
        "TjRMa": _("Material reparations"),
        "TjNR": _("Reconciliation"),
    },
    Group.IMPLEMENTATION: {
        "ImUN": _("Signed by the United Nations"),
        "ImOth": _("Signed by another third party"),
        "ImRef": _("Referendum on the agreement"),
        "ImPK": _("International mission or force"),
        "ImE": _("Enforcement mechanism"),
    },
}

PROVISIONS: dict[str, ProvisionCode] = {
    code: ProvisionCode(code, group, label)
    for group, labels in _CATALOGUE.items()
    for code, label in labels.items()
}
"""Every known code, in the order of the catalogue."""


def provision_code(code: str) -> ProvisionCode:
    """Return what is known of a code; an unknown one stands under "other" by its own name."""
    return PROVISIONS.get(code) or ProvisionCode(code, Group.OTHER, code)


def provision_choices() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """Return the catalogue as grouped choices of a form."""
    return [(group.label, list(labels.items())) for group, labels in _CATALOGUE.items()]
