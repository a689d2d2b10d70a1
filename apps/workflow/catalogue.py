"""The catalogue of official forms: which there are under an edition, what a partner country calls them, which version is known.

Reference data as code with its days, marks and sources, as the editions are. A partner country without
an entry of its own uses those of the edition. Source: rules 0.3, 4, awkward case 42.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.documents.kinds import FORM_CODES, Kind, Standing
from apps.workflow.editions import INDIA_2026, INDIA_INTERIM, JCM_2013, JCM_2022, Mark

KIND_OF_CODE = {code: kind for kind, code in FORM_CODES.items()}
ASSESSMENT_REQUEST = FORM_CODES[Kind.REFERENCE_REQUEST]
ASSESSMENT = "JCM Assessment of Reference Emissions Request"
PERCENTAGE, ALLOCATION = "Percentage of Credit Allocation Form", "Credit Allocation Form"
THAI_SAFEGUARDS = "Sustainable Development and Safeguards Assessment Report and Monitoring Report"
INTERESTS = "Conflict of Interest Declaration Form"
# Of the later generations only. Source: rules 0.3, 2.10, 2.17.
LATER = frozenset({"F_PIN", "F_SDIP", "F_SDIR", ASSESSMENT_REQUEST, "F_Crd_Allc", "F_Imp_Rep", "F_Ren_Req"})
DOTTED = re.compile(r"\d{1,3}(\.\d{1,3})*")


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """One form under some editions, in one version. What is empty or None was not found and is never guessed.

    `partner` are the letters of a country, empty for every country without an entry of its own; `name` is
    what the form is called there, empty where it is called as its kind; `mark` says how sure form, code,
    name and version are; `is_latest` is False where later versions are likely but were not found.
    """

    editions: tuple[str, ...]
    mark: Mark
    source: str
    code: str = ""
    name: str = ""
    version: str = ""
    partner: str = ""
    of_kind: Kind | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    is_latest: bool = True

    @property
    def kind(self) -> Kind | None:
        """The kind of document that is written on it; None where no procedure asks for it."""
        return self.of_kind or KIND_OF_CODE.get(self.code)

    @property
    def called(self) -> str:
        """Its code, or its name where no code is known."""
        return self.code or self.name

    def is_valid(self, on: date) -> bool:
        """Whether it is in force on a day; days that were not found bound nothing."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_until is None or on <= self.valid_until)


def _of_editions() -> Iterator[OfficialForm]:
    """What holds for every partner country. Whether India's forms are those of the third generation was not found."""
    first = "rules 0.3, 2: codes as in Mongolia's third generation; F_Val_Rep and F_MoC seen (S43, S45); versions not found"
    second = "rules 0.3, 2, S21-S27: forms of the annexes; codes as in Mongolia's third generation; versions not found"
    india = "rules 0.3, 4: third generation in spirit [I]; India's forms, their names, codes and versions were not found"
    for code in FORM_CODES.values():
        name = ASSESSMENT if code == ASSESSMENT_REQUEST else ""
        if code not in LATER:
            yield OfficialForm((JCM_2013.key,), Mark.INFERRED, first, code, name)
        yield OfficialForm((JCM_2022.key,), Mark.INFERRED, second, code, name)
        yield OfficialForm((INDIA_2026.key,), Mark.NOT_FOUND, india, code, name)


# Mongolia's list: one consolidated text of rules, forms with versions of their own. Source: rules 0.3, 4, S57 [C].
MONGOLIA = (
    ("F_PIN", "06.0"), ("F_PM", "05.0"), ("F_PMS", "05.0"), ("F_PDD", "05.0"), ("F_SDIP", "05.0"), ("F_SDIR", "05.0"),
    ("F_MoC", "05.0"), (ASSESSMENT_REQUEST, "05.0"), ("F_Val_Rep", "05.0"), ("F_Crd_Allc", "05.0"), ("F_Reg_Req", "05.0"),
    ("F_Imp_Rep", "05.0"), ("F_Vrf_Rep", "05.0"), ("F_Iss_Req", "05.0"), ("F_Ren_Req", "05.0"), ("F_AMR_Req", "05.0"),
    ("F_PRC_Req", "05.0"), ("F_PW_Req", "05.0"), ("F_RW_Req", "05.0"), ("F_IW_Req", "05.0"), ("F_TPE", "06.0"),
)  # fmt: skip


def _of_mongolia() -> Iterator[OfficialForm]:
    names = {"F_Crd_Allc": PERCENTAGE, ASSESSMENT_REQUEST: ASSESSMENT}
    source = "rules 4, S57: form list of about June 2026; since when was not found"
    for code, version in MONGOLIA:
        yield OfficialForm((JCM_2022.key,), Mark.CONFIRMED, source, code, names.get(code, ""), version, "MN")
    for kind, name in ((Kind.SD_PLAN, "Contribution plan"), (Kind.SD_REPORT, "Contribution report")):
        yield OfficialForm((JCM_2013.key,), Mark.CONFIRMED, "rules 4.4, S36: older Mongolia", "", name, "", "MN", kind)


def _of_partners() -> Iterator[OfficialForm]:
    """The names of the credit allocation form, which differ, and Thailand's report instead of plan and report."""
    names = {"UZ": (PERCENTAGE, "S22"), "LK": (PERCENTAGE, "S26"), "KG": (ALLOCATION, "S21"), "ID": (ALLOCATION, "S23")}
    for partner, (name, source) in names.items():
        named = f"rules 4, {source}: name; version not found"
        yield OfficialForm((JCM_2022.key,), Mark.CONFIRMED, named, "F_Crd_Allc", name, "", partner)
    thai = "rules 4.4, S31: one name for what stands instead of plan and report; since when was not found"
    for kind in (Kind.SD_PLAN, Kind.SD_REPORT):
        yield OfficialForm((JCM_2013.key, JCM_2022.key), Mark.CONFIRMED, thai, "", THAI_SAFEGUARDS, "", "TH", kind)


SINGLE = (
    OfficialForm((JCM_2022.key,), Mark.CONFIRMED, "rules 3.1, S26: annex 1.1", name=INTERESTS, partner="LK"),
    OfficialForm((JCM_2022.key,), Mark.CONFIRMED, "rules 3.1, S27: annex 1.1", name=INTERESTS, partner="GE"),
    OfficialForm(
        (JCM_2013.key,),
        Mark.CONFIRMED,
        "rules 4.7, S43: the form itself; later versions not found",
        code="F_Val_Rep",
        name="Validation Report Form",
        version="01.0",
        partner="ID",
        is_latest=False,
    ),
    OfficialForm(
        (JCM_2013.key,),
        Mark.CONFIRMED,
        "rules 4.5, S45: the form itself; later versions not found",
        code="F_MoC",
        name="Modalities of Communication Statement Form",
        version="01.0",
        partner="LA",
        is_latest=False,
    ),
    OfficialForm(
        (INDIA_INTERIM.key,),
        Mark.CONFIRMED,
        "rules 2.1, 6.1, S04, S08: the draft of the idea note's form; code, version and end were not found [NF]",
        name="Project Information Sheet",
        partner="IN",
        of_kind=Kind.IDEA_NOTE,
        valid_from=INDIA_INTERIM.in_force_from,
    ),
)


FORMS: tuple[OfficialForm, ...] = (*_of_editions(), *_of_mongolia(), *_of_partners(), *SINGLE)


def official_forms(edition: str, kind: Kind, partner: str) -> list[OfficialForm]:
    """The versions of the form that a kind is written on in a partner country, the newest first; none for no official form."""
    found = [form for form in FORMS if form.kind is kind and edition in form.editions and form.partner in ("", partner)]
    own = [form for form in found if form.partner]
    return sorted(own or found, key=lambda form: numbers(form.version), reverse=True)


def form_of(edition: str, kind: Kind, partner: str, on: date) -> OfficialForm | None:
    """The form in force on a day, else the newest that was; None where the kind is no official form there."""
    found = official_forms(edition, kind, partner)
    return next((form for form in found if form.is_valid(on)), found[0] if found else None)


def current_version(edition: str, kind: Kind, partner: str, on: date) -> str:
    """The version in force on a day; empty where none is known, or not whether it is the latest."""
    form = form_of(edition, kind, partner, on)
    return form.version if form and form.is_latest and form.is_valid(on) else ""


def standing_of(edition: str, kind: Kind, partner: str, version: str, on: date) -> Standing | None:
    """What the catalogue says of a stated version on a day; None where none was stated or it knows no version of the form."""
    known = [form for form in official_forms(edition, kind, partner) if form.version]
    if not known or not version:
        return None
    same = [form for form in known if is_same(form.version, version)]
    if not same:
        return Standing.UNKNOWN
    newer = known[0].is_latest and known[0].is_valid(on) and numbers(known[0].version) > numbers(version)
    return Standing.OUT_OF_FORCE if newer or not same[0].is_valid(on) else Standing.KNOWN


def is_same(one: str, other: str) -> bool:
    """Whether two versions are one: 5.0 and 05.0 are."""
    return one == other or numbers(one) == numbers(other) != ()


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers; none where it is no dotted number."""
    return tuple(map(int, version.split("."))) if DOTTED.fullmatch(version) else ()
