"""Sample content in the reader's language. Nothing in it is real."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.core import clock
from apps.core.calendar import start_of
from apps.portal.render.charts import Range, ranges, squares
from apps.portal.render.flow import flow
from apps.workflow import registry

Sample = dict[str, Any]

SHA256 = (
    "5b90e2a1f7d3c6084ea95b12cc07f3d18a6e4b9057d2f1a3886c0e59b4d277c4",
    "7be91f046d20b8c5a3f19e47d8052b6ca17f40d93e82c5b60f714ad85e2bc35a",
    "30d94b7a15c8e602f7b3a9d41c6e58072fb90ad3e47c1b865d02f98e73a4f2c6",
)
ANSWERED_AT = datetime(2029, 3, 5, 6, 10, tzinfo=UTC)


def days_ahead(days: int) -> datetime:
    """The end of a legal day, counted from today."""
    return start_of(clock.today() + timedelta(days=days + 1))


def with_dates() -> Sample:
    """What depends on the day on which the page is looked at."""
    decision, view, issuance = ASKS
    return {
        "soon": days_ahead(3),
        "later": days_ahead(14),
        "over": days_ahead(-2),
        "asks": [{**decision, "due_at": days_ahead(3)}, {**view, "due_at": days_ahead(8)}, issuance],
    }


def pictures() -> Sample:
    """Charts of the public pages, and the states of a procedure."""
    stages = [(_("Validation"), 5), (_("Registration"), 2), (_("Monitoring"), 0)]
    took = [Range(str(_("Methodology")), 5, 41, 59, 128, 60), Range(str(_("Registration")), 5, 52, 86, 131)]
    return {
        "stages": squares("stages", str(_("Projects by stage")), [(str(name), count) for name, count in stages]),
        "took": ranges("took", str(_("How long a decision takes")), took),
        "states": flow(registry.procedure("grievance"), "india_2026"),
    }


ASKS: tuple[Sample, Sample, Sample] = (
    {
        "title": _("Electronic decision 2029/04: four items"),
        "url": "#ballot",
        "lines": [
            _("Issue 18,407 credits to IN001, solar thermal heat, Gujarat"),
            _("Register IN009, green hydrogen, Andhra Pradesh"),
        ],
        "text": _("If you do not answer, this counts as consent."),
        "aside": _("Item 2 has a new text since you looked on 1 March."),
        "act": _("Read and decide"),
        "hidden": _("electronic decision 2029/04"),
        "first": True,
    },
    {
        "title": _("Your ministry’s view on IN_PIN022, tidal energy, Gulf of Kutch"),
        "url": "#papers",
        "text": _("If you do not answer, the co-chair goes on without your view."),
        "act": _("Give your view"),
        "hidden": "IN_PIN022",
    },
    {"title": _("India’s issuance of 3,566 credits, round 1"), "url": "#credits", "act": _("Issue the credits")},
)

WHERE: Sample = {
    "facts": [
        {"term": _("Waiting since"), "words": _("27 February, 7 days")},
        {"term": _("Similar answers took"), "words": _("6 to 21 days (11 cases)")},
        {"term": _("Also open"), "words": _("India has 3,566 credits of round 1 to issue")},
    ]
}


def stage(name: str | Promise, kind: str, words: str | Promise, **more: Any) -> Sample:
    """One stage of the tracker."""
    return {"name": name, "kind": kind, "words": words, **more}


ONCE = [
    stage(_("Proposal"), "done", _("No objection"), on=date(2026, 10, 14)),
    stage(_("Methodology"), "done", _("Approved"), text="IN_AM002", url="#stages", on=date(2027, 3, 11)),
    stage(_("Validation"), "done", _("Positive"), text="TPE-IN-003", on=date(2027, 10, 29)),
    stage(_("Registration"), "done", _("Registered"), on=date(2027, 12, 18)),
]
EARLY = [
    ONCE[0],
    stage(_("Methodology"), "stop", _("Not approved"), on=date(2027, 3, 11)),
    stage(_("Validation"), "attn", _("Stopped"), text=_("Waits for a methodology"), current=True),
    stage(_("Registration"), "wait", _("Not yet")),
]
ROUNDS: list[Sample] = [
    {
        "name": _("Round 1"),
        "stages": [
            stage(_("Monitoring"), "done", _("Reported"), on=date(2028, 7, 20)),
            stage(_("Verification"), "done", _("Positive"), on=date(2028, 9, 14)),
            stage(_("Issuance"), "now", _("Half done"), text=_("Japan issued, India not yet")),
        ],
    },
    {
        "name": _("Round 2"),
        "stages": [
            stage(_("Monitoring"), "done", _("Reported"), on=date(2029, 1, 5)),
            stage(_("Verification"), "now", _("Now"), text=_("2 findings open"), current=True),
            stage(_("Issuance"), "wait", _("Not yet"), text=_("After verification")),
        ],
    },
]

LEDGER: list[Sample] = [
    {"name": _("Notified"), "on": date(2028, 11, 20), "host": 3566, "japan": 5348, "total": 8914},
    {"name": _("Issued"), "host": 0, "host_note": _("open"), "japan": 5348, "total": 5348},
]

PAPERS: list[Sample] = [
    {
        "title": _("Draft decision"),
        "url": "#papers",
        "version": "2",
        "kind": "PDF",
        "measure": _("2 pages"),
        "size": 98_304,
        "sha256": SHA256[0],
        "changed": True,
        "difference": _("1 line differs"),
        "difference_url": "#papers",
    },
    {
        "title": _("Proposed methodology"),
        "url": "#papers",
        "version": "1.1",
        "kind": "PDF",
        "measure": _("38 pages"),
        "size": 1_468_006,
        "sha256": SHA256[1],
        "changed": False,
    },
    {
        "title": _("Public inputs and answers"),
        "version": "1",
        "kind": "XLSX",
        "size": 286_720,
        "sha256": SHA256[2],
        "changed": False,
    },
]

TASKS: list[Sample] = [
    {
        "name": _("Project design document"),
        "url": "#tasks",
        "kind": "done",
        "words": _("Complete"),
        "hint": _("Version 3, signed by the focal point"),
    },
    {"name": _("Modalities of communication"), "url": "#tasks", "kind": "attn", "words": _("Signature missing")},
    {"name": _("Credit allocation"), "url": "#tasks", "kind": "now", "words": _("To do")},
    {"name": _("Request for registration"), "kind": "wait", "words": _("Not yet"), "hint": _("After the three papers above")},
]

ENTRIES: list[Sample] = [
    {
        "on": date(2029, 2, 27),
        "title": _("Clarification request CL 2 raised"),
        "by": [_("Verifier TPE-IN-003"), _("Round 2")],
        "number": 5102,
        "url": "#history",
    },
    {
        "at": datetime(2028, 11, 24, 6, 12, tzinfo=UTC),
        "title": _("Japan issued 5,348 credits, round 1"),
        "by": [_("Government of Japan")],
        "side": "japan",
        "number": 4391,
        "url": "#history",
    },
    {
        "on": date(2028, 11, 20),
        "title": _("Request withdrawn"),
        "by": [_("Focal point")],
        "side": "host",
        "number": 4377,
        "said": _("The monitoring period was one day too long. A new request follows."),
    },
]

STEPS: list[Sample] = [
    {"title": _("Ask the secretariat about this project"), "url": "#steps", "problems": []},
    {"title": _("Declare a conflict of interest"), "url": "#steps", "problems": []},
    {
        "title": _("Decide on the issuance of round 2"),
        "problems": [
            {"code": "DOOR-05", "text": _("The verification report is missing.")},
            {"code": "ISS-04", "text": _("Neither government has given its prior approval.")},
        ],
    },
    {
        "title": _("Answer clarification request CL 2"),
        "problems": [{"code": "DOOR-00", "text": _("Only the project’s focal point can.")}],
    },
]

NOTICES: list[Sample] = [
    {"id": "notice-done", "level": constants.SUCCESS, "words": _("Your answers to two items are recorded. Record 5,214.")},
    {"id": "notice-now", "level": constants.INFO, "words": _("Item 2 has a new text since you looked on 1 March.")},
    {"id": "notice-attn", "level": constants.WARNING, "words": _("The ballot closes today at 20:30 IST.")},
    {
        "id": "notice-stop",
        "level": constants.ERROR,
        "words": _("The file has moved since you opened this page. Nothing was recorded."),
    },
]


def notices() -> list[Sample]:
    """One notice of each kind, as Django's messages make them."""
    return [{"id": one["id"], "messages": [Message(one["level"], str(one["words"]))]} for one in NOTICES]


AGREE: Sample = {"kind": "done", "words": _("Agree")}
NOT_YET: Sample = {"kind": "wait", "words": _("Not yet")}
ASIDE: Sample = {"kind": "aside", "words": _("Stands aside"), "was": _("Conflict of interest; not counted")}
MEETING: Sample = {"kind": "attn", "words": _("Asks for a meeting"), "was": _("Was: Agree, 28 Feb, on text 1.0")}
OBJECTS: Sample = {"kind": "stop", "words": _("Does not agree")}
GROUPS: list[Sample] = [
    {
        "side": "host",
        "say": _("Two of three have answered. The co-chair still has item 2 to answer."),
        "members": [
            {"name": _("Indian co-chair"), "co_chair": True, "answers": [AGREE, NOT_YET], "answered_at": ANSWERED_AT},
            {"name": _("Member, MNRE"), "you": True, "answers": [NOT_YET, NOT_YET]},
            {"name": _("Member, Power"), "answers": [AGREE, ASIDE], "answered_at": ANSWERED_AT},
        ],
    },
    {
        "side": "japan",
        "say": _("Both have answered. The co-chair has agreed to both items."),
        "members": [
            {"name": _("Japanese co-chair"), "co_chair": True, "answers": [AGREE, AGREE], "answered_at": ANSWERED_AT},
            {"name": _("Member, METI"), "answers": [OBJECTS, MEETING], "answered_at": ANSWERED_AT},
        ],
    },
]
TALLY: list[Sample] = [
    {"number": 1, "title": _("Issuance, IN001"), "words": _("3 agree, 1 does not, 1 to answer")},
    {
        "number": 2,
        "title": _("Registration, IN009"),
        "words": _("1 agrees, 1 asks for a meeting, 1 stands aside, 2 to answer"),
    },
]


# Two years of credits as bars: places in per cent, heights in px, 150 px for 30,000 tonnes above a floor at 176 px.
SCALE, FLOOR = 150 / 30_000, 176


def bar(tonnes: int, left: int) -> Sample:
    """One bar of the chart."""
    height = round(tonnes * SCALE)
    return {
        "tonnes": tonnes,
        "left": left,
        "middle": left + 10,
        "top": FLOOR - height,
        "height": height,
        "label": FLOOR - height - 7,
    }


def year(number: int, host: int, japan: int, left: int) -> Sample:
    """Two bars side by side."""
    return {"number": number, "host": bar(host, left), "japan": bar(japan, left + 22), "total": host + japan, "middle": left + 21}


EVERYTHING: Sample = {
    "acting": {"label": _("Member, MNRE"), "side": "host"},
    "closes_at": datetime(2029, 3, 9, 15, 0, tzinfo=UTC),
    "new_year": datetime(2028, 12, 31, 18, 40, tzinfo=UTC),
    "registered_on": date(2027, 12, 18),
    "starts_on": date(2028, 7, 1),
    "ends_on": date(2028, 12, 31),
    "sha256": SHA256[0],
    "where": WHERE,
    "once": ONCE,
    "rounds": ROUNDS,
    "early": EARLY,
    "ledger": LEDGER,
    "papers": PAPERS,
    "tasks": TASKS,
    "entries": ENTRIES,
    "next": {"title": _("The developer answers CL 2; then the verifier closes or asks again"), "on": date(2029, 3, 20)},
    "steps": STEPS,
    "ballot_items": [{"number": 1, "title": _("Issuance")}, {"number": 2, "title": _("Registration")}],
    "tally": TALLY,
    "groups": GROUPS,
    "index": [
        {"name": _("Projects"), "url": "#index", "about": _("It is your move"), "words": "3"},
        {"name": _("Documents"), "url": "#index", "about": _("Documents by file, kind and hash"), "words": "163"},
    ],
    "years": [year(2027, 1214, 1820, 6), year(2028, 19876, 29813, 56)],
}
