"""The sample site's people, methodologies and projects: India and Japan, invented, named by their roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.accounts.roles import Role, Side
from apps.findings.kinds import FindingKind, Requirement
from apps.rehearsal.people import Seat


@dataclass(frozen=True, slots=True)
class SampleMethodology:
    """A methodology of the sample: what it is about, its sectoral scope, who proposes it."""

    title: str
    scope: int
    proponent: str


@dataclass(frozen=True, slots=True)
class SampleProject:
    """A project of the sample."""

    title: str
    activity: str
    # The place of its methodology in METHODOLOGIES; None: the one under consideration.
    methodology: int | None
    indian: str
    japanese: str
    place: tuple[str, str, str, str]
    tonnes: int


INDIAN_BODIES = {
    "New and Renewable Energy": "Ministry of New and Renewable Energy",
    "Power": "Ministry of Power",
    "Petroleum": "Ministry of Petroleum and Natural Gas",
    "External Affairs": "Ministry of External Affairs",
}
JAPANESE_BODIES = {
    "METI": "Ministry of Economy, Trade and Industry",
    "MOFA": "Ministry of Foreign Affairs",
    "Embassy": "Embassy of Japan",
    "MAFF": "Ministry of Agriculture, Forestry and Fisheries",
}
MOEFCC = "Ministry of Environment, Forest and Climate Change"
MOE = "Ministry of the Environment"

SEATS = (
    Seat("Indian co-chair", Role.CO_CHAIR, MOEFCC, Side.HOST),
    Seat("Japanese co-chair", Role.CO_CHAIR, MOE, Side.JAPAN),
    *(Seat(f"Indian member, {name}", Role.MEMBER, body, Side.HOST) for name, body in INDIAN_BODIES.items()),
    *(Seat(f"Japanese member, {name}", Role.MEMBER, body, Side.JAPAN) for name, body in JAPANESE_BODIES.items()),
    Seat("Indian secretariat", Role.SECRETARIAT, "Secretariat, Indian side", Side.HOST),
    Seat("Japanese secretariat", Role.SECRETARIAT, "Secretariat, Japanese side", Side.JAPAN),
    Seat("National Designated Authority", Role.GOVERNMENT, "National Designated Authority, India", Side.HOST),
    Seat("JCM Promotion and Utilization Council", Role.GOVERNMENT, "JCM Promotion and Utilization Council", Side.JAPAN),
    Seat("Indian registry officer", Role.REGISTRY, "Indian Carbon Market registry", Side.HOST),
    Seat("Japanese registry officer", Role.REGISTRY, "JCM Agency", Side.JAPAN),
    Seat("Indian authority consulted", Role.AUTHORITY, "Department of Economic Affairs", Side.HOST),
    Seat("Japanese authority consulted", Role.AUTHORITY, "Forestry Agency", Side.JAPAN),
)

VERIFIERS = ("Verifier East", "Verifier West")

METHODOLOGIES = (
    SampleMethodology("Solar thermal process heat in industry", 1, "Solar engineering company, Osaka"),
    SampleMethodology("Hydrogen from renewable electricity for fertiliser plants", 5, "Hydrogen company, Kawasaki"),
    SampleMethodology("Renewable energy with battery storage", 1, "Storage company, Kyoto"),
    SampleMethodology("Compressed biogas from agricultural residues", 13, "Gas engineering company, Osaka"),
    SampleMethodology("High-efficiency refrigeration and waste-heat use in industry", 3, "Refrigeration company, Tokyo"),
    SampleMethodology("Ammonia from renewable electricity", 5, "Ammonia company, Yokohama"),
)
UNDER_CONSIDERATION = SampleMethodology("Sustainable aviation fuel from used cooking oil", 5, "Aviation fuel company, Tokyo")
IN_PUBLIC_INPUTS = SampleMethodology("Tidal current power", 1, "Marine energy company, Nagasaki")

PROJECTS = (
    SampleProject(
        "Solar thermal process heat for dairy plants, Gujarat", "IN62-02", 0, "Dairy cooperative, Anand",
        "Solar engineering company, Osaka", ("Anand", "Anand", "Gujarat", "22.5645 72.9289"), 36_800,
    ),
    SampleProject(
        "Battery storage for a wind and solar park, Rajasthan", "IN62-01", 2, "Power producer, Jodhpur",
        "Storage company, Kyoto", ("Jodhpur", "Jodhpur", "Rajasthan", "26.2389 73.0243"), 91_500,
    ),
    SampleProject(
        "Compressed biogas from paddy straw, Sangrur, Punjab", "IN62-05", 3, "Biogas producer, Sangrur",
        "Gas engineering company, Osaka", ("Sangrur", "Sangrur", "Punjab", "30.2458 75.8421"), 22_500,
    ),
    SampleProject(
        "High-efficiency chillers for cold stores, Maharashtra", "IN62-07", 4, "Cold store operator, Nashik",
        "Refrigeration company, Tokyo", ("Nashik", "Nashik", "Maharashtra", "19.9975 73.7898"), 8_900,
    ),
    SampleProject(
        "Green hydrogen for a fertiliser plant, Andhra Pradesh", "IN62-04", 1, "Fertiliser company, Kakinada",
        "Hydrogen company, Kawasaki", ("Kakinada", "Kakinada", "Andhra Pradesh", "16.9891 82.2475"), 61_200,
    ),
    SampleProject(
        "Green ammonia for export, Odisha", "IN62-12", 5, "Chemical company, Paradip",
        "Ammonia company, Yokohama", ("Paradip", "Jagatsinghpur", "Odisha", "20.3167 86.6104"), 118_000,
    ),
    SampleProject(
        "Waste-heat recovery in a steel works, Chhattisgarh", "IN62-09", 4, "Steel works, Bhilai",
        "Refrigeration company, Tokyo", ("Bhilai", "Durg", "Chhattisgarh", "21.1938 81.3509"), 47_300,
    ),
    SampleProject(
        "Offshore wind with storage, Tamil Nadu", "IN62-03", 2, "Wind developer, Thoothukudi",
        "Storage company, Kyoto", ("Thoothukudi", "Thoothukudi", "Tamil Nadu", "8.7642 78.1348"), 205_000,
    ),
    SampleProject(
        "Fuel-cell buses on mountain routes, Ladakh", "IN62-06", 1, "Bus operator, Leh",
        "Hydrogen company, Kawasaki", ("Leh", "Leh", "Ladakh", "34.1526 77.5771"), 3_400,
    ),
    SampleProject(
        "Direct-current link for solar parks, Ladakh", "IN62-11", 2, "Grid company, Leh",
        "Storage company, Kyoto", ("Leh", "Leh", "Ladakh", "34.1526 77.5771"), 160_000,
    ),
    SampleProject(
        "Carbon capture at a gas-processing plant, Gujarat", "IN62-13", 5, "Gas processor, Hazira",
        "Ammonia company, Yokohama", ("Hazira", "Surat", "Gujarat", "21.1255 72.6505"), 74_000,
    ),
    SampleProject(
        "Sustainable aviation fuel from used cooking oil, Kerala", "IN62-08", None, "Refinery, Kochi",
        "Aviation fuel company, Tokyo", ("Kochi", "Ernakulam", "Kerala", "9.9312 76.2673"), 132_000,
    ),
    SampleProject(
        "Heat pumps for textile dyeing, Tamil Nadu", "IN62-07", 4, "Textile company, Tiruppur",
        "Refrigeration company, Tokyo", ("Tiruppur", "Tiruppur", "Tamil Nadu", "11.1085 77.3411"), 5_600,
    ),
)  # fmt: skip
# The last project's first request for registration is withdrawn and made again under a new number.
ASKED_AGAIN = len(PROJECTS) - 1


@dataclass(frozen=True, slots=True)
class SampleChange:
    """A change of a registered project of the sample."""

    title: str
    particulars: dict[str, Any]


MINOR_CHANGE = SampleChange(
    "Meters of another make",
    {
        "description": "The electricity meters at the point of delivery are of another make with the same accuracy class.",
        "why": "The make named in the design document is no longer sold.",
        "pdd_sections": "D.1",
    },
)
MAJOR_CHANGE = SampleChange(
    "A second digester",
    {
        "description": "A second digester of the same size is built beside the first.",
        "why": "More residue is delivered than was foreseen.",
        "pdd_sections": "A.2, B.5",
        "affects": [2, 4],
        "new_expected_tonnes": 45_000,
    },
)


@dataclass(frozen=True, slots=True)
class SampleReference:
    """A request to assess reference emissions: of which project, and what it says."""

    # The place of the project in PROJECTS.
    project: int
    levels: dict[str, Any]


CONFIRMED_REFERENCE = SampleReference(
    0,
    {
        "reference_tonnes": 41_000, "usual_tonnes": 46_500, "project_tonnes": 4_200,
        "evidence": "Fuel invoices of the six dairy plants over three years, and the boilers’ test certificates.",
        "ndc_reasoning": "Boilers are assumed to become as efficient as the contribution foresees for industry by 2030.",
    },
)  # fmt: skip
RUNNING_REFERENCE = SampleReference(
    7,
    {
        "reference_tonnes": 205_000, "usual_tonnes": 231_000,
        "evidence": "Emission factor of the southern grid as published, and the park’s expected output.",
        "ndc_reasoning": "The factor falls every year along the contribution’s share of power from other than fossil sources.",
    },
)  # fmt: skip
REFERENCE_GROUNDS = "The level is below business as usual by more than a tenth and follows the contribution’s path."


@dataclass(frozen=True, slots=True)
class SampleFinding:
    """A finding of the validations: when it was raised, about what, and what was said on which day since."""

    day: int
    # The place of the project in PROJECTS.
    project: int
    kind: FindingKind
    requirement: Requirement
    title: str
    finding: str
    # Day, step, words.
    then: tuple[tuple[int, str, str], ...]


# What a step calls the words that it asks for.
SAID = {
    "respond": "response",
    "respond_with_evidence": "response",
    "send_back": "missing",
    "close": "conclusion",
    "carry_on": "statement",
}
FINDINGS = (
    SampleFinding(
        -104, 0, FindingKind.CAR, Requirement.EMISSIONS, "Back-up boiler not counted",
        "Section B.3 counts one boiler; the drawing of the dairy shows a back-up boiler as well.",
        (
            (-101, "respond", "The back-up boiler is added to section B.3 and to the spreadsheet."),
            (-98, "close", "Both boilers are counted."),
        ),
    ),
    SampleFinding(
        -104, 1, FindingKind.FAR, Requirement.MONITORING, "Second meter of the storage",
        "The meter on the discharging side is installed after validation; its class is to be checked at the first verification.",
        (
            (-70, "respond", "The meter is installed; its certificate is expected in the coming quarter."),
            (-66, "carry_on", "The meter was seen, the certificate was not; it is checked at the next verification."),
        ),
    ),
    SampleFinding(
        -103, 2, FindingKind.FAR, Requirement.OPERATION, "Second digester",
        "The second digester was not in operation; its start is to be confirmed at the first verification.",
        ((-26, "respond", "The second digester started in the second month of the monitoring period."),),
    ),
    SampleFinding(
        -88, 7, FindingKind.CL, Requirement.DESCRIPTION, "Capacity of the park",
        "The title page gives another capacity than section A.2.",
        (
            (-85, "respond", "The title page was of the first draft; section A.2 is right."),
            (-82, "close", "The title page is corrected."),
        ),
    ),
    SampleFinding(
        -87, 7, FindingKind.CAR, Requirement.METHODOLOGY, "Only the stored part counts",
        "The eligible activity is limited to the stored component; the calculation takes all of the power that is fed in.",
        (
            (-78, "respond", "The calculation now takes the power that is discharged from the storage."),
            (-64, "send_back", "Losses of the storage are not deducted."),
            (-51, "respond_with_evidence", "Losses are deducted; the data sheet of the storage is enclosed."),
            (-22, "send_back", "The data sheet is of another model than the one in section A.4."),
        ),
    ),
    SampleFinding(
        -60, 7, FindingKind.CL, Requirement.CONSULTATION, "Fishing villages",
        "Were the two fishing villages north of the landing point consulted?",
        ((-12, "respond", "They were; the minutes are added to section E."),),
    ),
)  # fmt: skip


# Planned projects that have not come to a project's file.
OTHER_IDEAS = {
    "sheet": SampleProject(
        "Compressed biogas from press mud, Uttar Pradesh", "IN62-05", 3, "Sugar mill, Meerut",
        "Gas engineering company, Osaka", ("Meerut", "Meerut", "Uttar Pradesh", "28.9845 77.7064"), 14_200,
    ),
    "objected": SampleProject(
        "Heat pumps for a new hotel, Goa", "IN62-07", 4, "Hotel operator, Panaji",
        "Refrigeration company, Tokyo", ("Panaji", "North Goa", "Goa", "15.4909 73.8278"), 900,
    ),
    "review": SampleProject(
        "Solar thermal steam for a rice mill, Telangana", "IN62-02", 0, "Rice miller, Karimnagar",
        "Solar engineering company, Osaka", ("Karimnagar", "Karimnagar", "Telangana", "18.4386 79.1288"), 7_600,
    ),
    "submitted": SampleProject(
        "Green ammonia for a port, Tamil Nadu", "IN62-12", 5, "Port operator, Thoothukudi",
        "Ammonia company, Yokohama", ("Thoothukudi", "Thoothukudi", "Tamil Nadu", "8.7642 78.1348"), 88_000,
    ),
}  # fmt: skip
OBJECTION = "The hotel would buy these heat pumps in any case; the project is not additional."


def design_of(one: SampleProject, year: int) -> dict[str, Any]:
    """What the design document of a sample project says besides its place; estimates for three years from a year on."""
    reference = one.tonnes * 4 // 3
    years = [{"year": year + n, "reference_tonnes": reference, "project_tonnes": reference - one.tonnes} for n in range(3)]
    return {
        "estimates": years,
        "operation_starts_on": date(year, 1, 1),
        "operational_lifetime": 20,
        "contribution_from_japan": "Equipment, its design and the training of those who run it",
        "impact_assessment": "no",
        "consultation": "Two meetings near the site; the questions asked are answered in the design document.",
        "additionality": "Without the JCM the cheaper conventional plant is built.",
    }


# --- Sustainable development ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """What a project of the sample plans: people trained and able to maintain, money by source, and lines of its own."""

    trained: int
    maintain: int
    # In yen: subsidy and private; in rupees: public and private.
    japan: tuple[int, int]
    indian: tuple[int, int]
    more: str = ""


PLANS = {
    0: SamplePlan(
        48, 12, (180_000_000, 95_000_000), (0, 240_000_000),
        "jobs_permanent; 0; 14; 2029-03-31; payroll of the cooperative\n"
        "jobs_women; 0; 5; 2029-03-31; payroll of the cooperative\n"
        "training_hours; 0; 640; 2029-03-31; attendance lists\n"
        "technology_transferred; no; yes; 2029-03-31; hand-over record;"
        " design and control software of the collectors, with the right to adapt them\n"
        "water_saved; 0; 30000; 2029-03-31; water meters of the dairies",
    ),
    1: SamplePlan(
        30, 16, (420_000_000, 610_000_000), (150_000_000, 980_000_000),
        "jobs_permanent; 6; 32; 2029-03-31; payroll\n"
        "construction_work; 0; 1400; 2027-12-31; site register\n"
        "local_suppliers; 1; 6; 2029-03-31; purchase ledger",
    ),
    2: SamplePlan(
        120, 20, (260_000_000, 140_000_000), (90_000_000, 310_000_000),
        "jobs_permanent; 0; 45; 2029-03-31; payroll\n"
        "waste_put_to_use; 0; 60000; 2029-03-31; weighbridge\n"
        "local_benefits; no; yes; 2029-03-31; survey of villages; farmers are paid for straw that was burnt in the open",
    ),
    3: SamplePlan(
        24, 6, (60_000_000, 25_000_000), (0, 70_000_000),
        "local_benefits; no; yes; 2029-03-31; survey of farmers; less fruit spoils on the way to the market",
    ),
    9: SamplePlan(90, 40, (0, 2_400_000_000), (5_200_000_000, 0), "people_served; 0; 274000; 2030-03-31; grid records"),
}  # fmt: skip
# Of the others nothing but what the edition cannot do without.
USUAL_PLAN = SamplePlan(20, 8, (90_000_000, 60_000_000), (0, 150_000_000))


def plan_of(number: int) -> str:
    """The plan of sustainable development of a project, as its participants write it."""
    one = PLANS.get(number, USUAL_PLAN)
    money = {
        "investment_japan_subsidy": one.japan[0], "investment_japan_private": one.japan[1],
        "investment_india_public": one.indian[0], "investment_india_private": one.indian[1],
    }  # fmt: skip
    lines = [
        f"people_trained; 0; {one.trained}; 2029-03-31; attendance lists",
        f"local_maintenance; 0; {one.maintain}; 2029-03-31; certificates of the staff",
        *(f"{key}; 0; {amount}; 2028-03-31; audited accounts" for key, amount in money.items() if amount),
    ]
    return "\n".join([*lines, *filter(None, one.more.splitlines())])


# By the name of the round; one round reports nothing.
RESULTS = {
    "solar 1": (
        "people_trained; 18\ntraining_hours; 240; two courses at the dairy\nlocal_maintenance; 3\njobs_permanent; 6\n"
        "jobs_women; 2\ninvestment_japan_subsidy; 120000000\ninvestment_india_private; 160000000\n"
        "technology_transferred; no; the control software follows in the second year\nwater_saved; 2100\n"
        "people_served; 310; the dairy school takes its hot water from the collectors; unplanned"
    ),
    "solar 2": (
        "people_trained; 12\ntraining_hours; 150; one course at the second dairy\nlocal_maintenance; 5\njobs_permanent; 9\n"
        "jobs_women; 3\ninvestment_japan_subsidy; 40000000\ninvestment_japan_private; 70000000\n"
        "technology_transferred; yes; drawings and control software of the collectors were handed over\nwater_saved; 1900"
    ),
    "storage 1": (
        "people_trained; 14\nlocal_maintenance; 4\njobs_permanent; 15\nconstruction_work; 620\n"
        "investment_japan_private; 380000000\ninvestment_india_private; 450000000\ninvestment_india_public; 150000000"
    ),
    "biogas 1": (
        "people_trained; 55\nlocal_maintenance; 6\njobs_permanent; 28\nwaste_put_to_use; 9400\n"
        "investment_japan_subsidy; 130000000\ninvestment_india_private; 205000000\n"
        "local_benefits; yes; 640 farmers were paid for their straw"
    ),
}
