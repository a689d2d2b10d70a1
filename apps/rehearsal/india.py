"""The sample site's people, methodologies and projects: India and Japan, invented, named by their roles."""

from __future__ import annotations

from dataclasses import dataclass

from apps.accounts.roles import Role, Side
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
