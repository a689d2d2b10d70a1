"""The reports of third-party entities: validation and verification. Source: rules 2.7, 2.12, 4.7, 4.12."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from apps.documents.kinds import Kind
from apps.drafting.catalogue.shared import particulars, signature
from apps.drafting.inputs import Choice, Day, Long, Number, OfficialForm, Section, Short, Table, Tick, Year
from apps.drafting.inputs.questions import YES_NO, Label
from apps.drafting.inputs.sections import RequirementRows
from apps.drafting.kinds import Shown
from apps.findings.kinds import Assessment, Requirement
from apps.workflow.editions import Mark

POSITIVE, NEGATIVE = "positive", "negative"
OPINIONS = ((POSITIVE, _("Positive")), (NEGATIVE, _("Negative")))
TICKED = "closed"

FUNCTIONS = (
    ("leader", _("Team leader")),
    ("member", _("Team member")),
    ("expert", _("Technical expert")),
    ("reviewer", _("Internal technical reviewer")),
)
CONTRACTED = Short(
    "contracted_by", _("Project participant that contracts the third-party entity"), Mark.CONFIRMED,
    _("As in the contract on this assignment"),
)  # fmt: skip
OPINION = Section(
    "opinion",
    _("Overall opinion"),
    (
        Choice("opinion", _("Overall opinion"), Mark.CONFIRMED, choices=OPINIONS),
        Long("grounds", _("Grounds of the opinion"), lines=6),
    ),
    _("A positive opinion needs “No CAR or CL remaining” ticked at every requirement."),
    "A.2",
)
PEOPLE = Table(
    "people",
    _("Persons interviewed"),
    _("Person interviewed"),
    (
        Short("name", _("Name")),
        Short("organisation", _("Organisation and function")),
        Day("on", _("Day of the interview")),
        Long("about", _("What it was about"), lines=2),
    ),
    hint=_("Leave it empty where nobody was interviewed, and say why under the process."),
    least=0,
)
DOCUMENTS = Section(
    "documents",
    _("Documents reviewed"),
    (
        Table(
            "documents",
            _("Documents reviewed"),
            _("Document reviewed"),
            (
                Short("title", _("Title")),
                Short("author", _("Author or issuer")),
                Short("version", _("Version or day"), required=False),
            ),
        ),
    ),
)
FINDINGS = Section(
    "findings",
    _("List of CAR, CL and FAR"),
    (),
    _("The findings of this file with their responses and conclusions, as they stand on the day on which the form is produced."),
    shows=Shown.FINDINGS,
)
TEAM = Section(
    "team",
    _("Team members and their competence"),
    (
        Table(
            "team",
            _("Team members"),
            _("Team member"),
            (
                Short("name", _("Name")),
                Choice("function", _("Function in the team"), choices=FUNCTIONS),
                Long("competence", _("Competence: sectoral scopes, qualification, experience"), lines=3),
                Choice("on_site", _("Took part in the on-site visit"), choices=YES_NO),
            ),
        ),
    ),
    _("Who worked on the assignment, with the competence that the entity certifies."),
)
SIGNATURE = signature(_("Authorised signatory"), "D", Mark.CONFIRMED)


TECHNIQUES = _("Desk review, on-site visit with its days, other techniques and why")
PROCESS = Section(
    "process",
    _("Process and interviews"),
    (Long("process", _("How the assessment was carried out"), hint=TECHNIQUES, lines=6), PEOPLE),
)


def under(letter: str, *sections: Section) -> Iterator[Section]:
    """Sections numbered one after the other: C.1, C.2 ..."""
    yield from (replace(one, number=f"{letter}.{place}") for place, one in enumerate(sections, start=1))


def of_validation(requirement: Requirement) -> Section:
    """A requirement row of the validation report."""
    return _row(requirement, _("Means of validation"))


def of_verification(requirement: Requirement) -> Section:
    """A requirement row of the verification report."""
    return _row(requirement, _("Means of verification"))


def _row(requirement: Requirement, means: Label) -> Section:
    asks = (
        Long("means", means, hint=_("Documents, persons and places by which it was checked"), lines=5),
        Long(
            "findings",
            _("Findings in words"),
            hint=_("What was found besides the requests listed above"),
            required=False,
            lines=4,
        ),
        Long("conclusion", _("Conclusion"), lines=4),
        Tick(TICKED, _("No CAR or CL remaining"), Mark.CONFIRMED),
    )
    place = requirement.value % 100
    return Section(
        f"requirement-{requirement.value}",
        requirement.label,
        asks,
        number=f"B.{place}",
        shows=Shown.REQUIREMENT,
        requirement=requirement,
    )


VERIFIED = Table(
    "amounts",
    _("Verified emission reductions by calendar year"),
    _("Calendar year"),
    (
        Year("year", _("Year")),
        Number("exact", _("Before rounding"), unit="tCO2e", decimals=3),
        Number("whole", _("Rounded down"), unit="tCO2e"),
    ),
    total="whole",
)
AMOUNTS = Section(
    "amounts",
    _("Verified amounts"),
    (VERIFIED,),
    _("Each year of the monitoring period by itself; amounts are rounded down to whole tonnes."),
    "A.4",
)
FORWARDS = Section(
    "forwards",
    _("Assessment of forward action requests"),
    (Long("forwards", _("How each forward action request was taken up"), hint=_("Write “none” where there is none"), lines=5),),
)

FORMS = (
    OfficialForm(
        Kind.VALIDATION_REPORT,
        (
            particulars(CONTRACTED, number="A.1"),
            OPINION,
            RequirementRows(Assessment.VALIDATION, of_validation),
            *under("C", PROCESS, DOCUMENTS, FINDINGS, TEAM),
            SIGNATURE,
        ),
        "rules 2.7, 4.7: sections A [C S43, S44]; B to D [R+]",
    ),
    OfficialForm(
        Kind.VERIFICATION_REPORT,
        (
            particulars(CONTRACTED, number="A.1"),
            OPINION,
            AMOUNTS,
            RequirementRows(Assessment.VERIFICATION, of_verification),
            *under("C", FORWARDS, PROCESS, DOCUMENTS, FINDINGS, TEAM),
            SIGNATURE,
        ),
        "rules 2.12, 4.12: the form exists [C S21]; its fields [R+]",
    ),
)
