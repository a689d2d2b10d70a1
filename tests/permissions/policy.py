"""Who may see what, in words: for each thing those who see it, those who are told less, and how all others are turned away.

This is what the rules and the design ask for, written down by itself; nothing here is read by the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.permissions.capacities import PUBLIC, SIDES, UNDECIDED

# --- Groups of people -----------------------------------------------------------------------------


def both(*names: str) -> frozenset[str]:
    """Offices of both sides."""
    return frozenset(f"{name}, {side}" for name in names for side in SIDES)


def of(side: str, *names: str) -> frozenset[str]:
    """Offices of one side."""
    return frozenset(f"{name}, {side}" for name in names)


SITTING = ("co-chair", "member", "member in conflict")
MEMBERS = both(*SITTING)
ALTERNATES = both("alternate")
IN_CONFLICT = both("member in conflict")
COMMITTEE = MEMBERS | ALTERNATES
SECRETARIATS = both("secretariat")
AUTHORITIES = both("authority")
CO_CHAIRS = both("co-chair")
CONVENERS = CO_CHAIRS | SECRETARIATS
PARTICIPANTS = both("participant")
ENTITY = frozenset({"entity"})
# Named by India for the considered project, and by Japan for the registered one.
EXPERT, OTHER_EXPERT = frozenset({"expert"}), frozenset({"other expert"})
NOBODY: frozenset[str] = frozenset()
# Whoever reads ballots, and whom a side asks besides.
ROOM = COMMITTEE | SECRETARIATS | AUTHORITIES
# Who reads what is confidential in a project's file; not those who have declared a conflict of interest on it.
READERS = (COMMITTEE - IN_CONFLICT) | SECRETARIATS | PARTICIPANTS
WITH_ENTITY = READERS | ENTITY
# The same, with the expert who was named for the considered project.
WITH_EXPERT = WITH_ENTITY | EXPERT
# Whom an assessment concerns: while it runs, and once the opinion is reported.
CONCERNED = ENTITY | PARTICIPANTS | SECRETARIATS
REPORTED_TO = CONCERNED | MEMBERS
EVERYBODY = frozenset(
    {
        *both(*SITTING, "alternate", "secretariat", "authority", "government", "registry", "participant"),
        "other participant",
        "entity",
        "other entity",
        "former entity",
        "applicant",
        "former secretary",
        "superuser",
        "expert",
        "other expert",
        "without capacity",
        UNDECIDED,
        PUBLIC,
    }
)
OFFICES_HOST = ("co-chair", "member", "member in conflict", "alternate", "secretariat", "authority")

# --- Outcomes -------------------------------------------------------------------------------------

SEEN, LESS, ASKED = "seen", "less", "sign in"
CHOOSE, ON = "choose", "sent on"
Outcome = str | int


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing at one address; `place` is the canary that shows that it is seen.

    Who is in `seen_by` sees it, who is in `less` gets the page without it; `instead` are answers of other groups, and
    everybody else gets `others`. Visitors get `visitors`, who has not chosen a capacity `undecided`, both where it is said.
    """

    what: str
    at: str
    place: str
    seen_by: frozenset[str]
    others: Outcome = 404
    visitors: Outcome | None = None
    undecided: Outcome | None = None
    less: frozenset[str] = NOBODY
    instead: Mapping[frozenset[str], Outcome] = field(default_factory=dict)
    # What is sent along; a thing without is read.
    sends: Mapping[str, str] = field(default_factory=dict)

    @property
    def view(self) -> str:
        """The name of its address."""
        return self.at.partition(":")[0]

    def outcome(self, who: str) -> Outcome:
        """What somebody gets."""
        if who in self.seen_by:
            return SEEN
        if who in self.less:
            return LESS
        for group, said in self.instead.items():
            if who in group:
                return said
        if who == PUBLIC and self.visitors is not None:
            return self.visitors
        if who == UNDECIDED and self.undecided is not None:
            return self.undecided
        return self.others


def behind_log_in(what: str, at: str, place: str, seen_by: frozenset[str], **more: object) -> Thing:
    """A thing for which visitors are asked to sign in."""
    return Thing(what, at, place, seen_by, visitors=ASKED, **more)  # type: ignore[arg-type] # reason: as Thing takes them


def paper(what: str, place: str, readers: frozenset[str], **more: object) -> list[Thing]:
    """A document: its bytes, its pages as pictures, and one of them, all for the same people."""
    views = {"document": "its bytes", "pictures": "its pages", "page-picture": "its first page as a picture"}
    return [Thing(f"{what}: {said}", f"{view}: {place}", place, readers, **more) for view, said in views.items()]  # type: ignore[arg-type] # reason: as above


# Who keeps webhooks for one and the same ministry.
KEEPERS = of("India", "secretariat", "registry")
OWN_HOST = of("India", "participant")
OWN_JAPAN = of("Japan", "participant")
FIELDS = {"method": "waste_heat_power", "items": "", "EC_CAP-1": "0.25", "EF_elec-1": "0.7"}

DOCUMENTS = (
    *paper("A public document", "open", EVERYBODY),
    Thing("A public document: what changed", "comparison: open", "openbefore", EVERYBODY),
    *paper("A confidential document", "secret", WITH_EXPERT),
    Thing("A confidential document: what changed", "comparison: secret", "secret", WITH_EXPERT),
    behind_log_in("A confidential document: its own page", "confidential: secret", "secret", WITH_EXPERT),
    behind_log_in(
        "Who has read it, on its own page",
        "confidential: secret",
        "reader",
        SECRETARIATS | OWN_HOST,
        less=WITH_EXPERT - SECRETARIATS - OWN_HOST,
    ),
    behind_log_in("Its receipt", "document-receipt: secret", "secret", SECRETARIATS | OWN_HOST, undecided=CHOOSE),
    behind_log_in("Its receipt as PDF", "document-receipt-paper: secret", "secret", SECRETARIATS | OWN_HOST, undecided=CHOOSE),
    *paper("A confidential version that was superseded", "superseded", WITH_EXPERT),
    *paper("The public version of a confidential document", "twin", EVERYBODY),
    Thing("The public version: what changed", "comparison: twin", "twin", NOBODY),
    Thing("What changed since a confidential version", "comparison: madepublic", "madepublicbefore", WITH_EXPERT),
    Thing("What is public of it now", "document: madepublic", "madepublic", EVERYBODY),
    Thing("A confidential document of a registered project", "document: decided", "decided", WITH_ENTITY | OTHER_EXPERT),
    Thing("A confidential document of a withdrawn project", "document: withdrawn", "withdrawn", READERS | IN_CONFLICT),
    Thing("The monitoring report of a round", "document: monitored", "monitored", READERS | IN_CONFLICT),
    *paper(
        "A confidential document that waits for the scanner",
        "waiting",
        ENTITY,
        instead={WITH_EXPERT - ENTITY: 403},
    ),
    *paper("A public document that waits for the scanner", "openwaiting", OWN_JAPAN, others=403),
    *paper("A confidential document that was found infected", "infected", NOBODY, instead={WITH_EXPERT: 403}),
    Thing("The evidence for a finding", "document: evidence", "evidence", WITH_ENTITY),
    behind_log_in("A file that is still coming", "upload: coming", "coming", OWN_HOST),
    behind_log_in("A file that was refused", "upload: refused", "refused", OWN_HOST),
)

EXPERTS = (
    behind_log_in(
        "Who is named as expert, and why",
        "experts: expert",
        "expert",
        SECRETARIATS | EXPERT,
    ),
    behind_log_in("Who is named for another file", "experts: other expert", "otherexpert", SECRETARIATS | OTHER_EXPERT),
)

OF_THE_DRAFT = {
    "draft-section": "a section",
    "draft-answers": "all answers",
    "draft-preview": "its PDF",
}
FILES = (
    *(
        behind_log_in(f"A report being written: {said}", at, "drafted", ENTITY, undecided=CHOOSE)
        for at, said in OF_THE_DRAFT.items()
    ),
    behind_log_in("A report being written: its sections", "draft", "drafted", NOBODY, less=ENTITY, undecided=CHOOSE),
    Thing("A project in draft: its page", "project: draft", "project", PARTICIPANTS),
    behind_log_in("A project in draft: by its key", "file: draft project", "project", NOBODY, instead={PARTICIPANTS: ON}),
    Thing("A project in draft: a public document of it", "document: draftopen", "draftopen", PARTICIPANTS),
    Thing("A project in draft: a confidential document of it", "document: draftsecret", "draftsecret", PARTICIPANTS),
    behind_log_in("A project in draft: the page of that", "confidential: draftsecret", "draftsecret", PARTICIPANTS),
    Thing("A project in draft: its pages", "pictures: draftopen", "draftopen", PARTICIPANTS),
    Thing("A project in draft of others", "project: draft of others", "otherproject", frozenset({"other participant"})),
    behind_log_in(
        "A project in draft: a step of it",
        "step: draft project",
        "project",
        PARTICIPANTS,
        others=403,
        undecided=CHOOSE,
    ),
    Thing("A project in draft: in the list", "projects", "project", PARTICIPANTS, less=EVERYBODY),
    Thing("A project in draft: in the list as CSV", "projects-export: csv", "project", PARTICIPANTS, less=EVERYBODY),
    Thing("A project in draft: in the list as XLSX", "projects-export: xlsx", "project", PARTICIPANTS, less=EVERYBODY),
    Thing("A project in draft: found by a search of the list", "projects: searched", "project", PARTICIPANTS, less=EVERYBODY),
    Thing("An idea note in draft: in the list", "idea-notes", "ideanote", OWN_HOST, less=EVERYBODY),
    Thing("An idea note in draft: in the list as CSV", "idea-notes-export: csv", "ideanote", OWN_HOST, less=EVERYBODY),
    Thing("An idea note in draft: on a page of the register", "idea-note", "ideanote", NOBODY),
    Thing("A methodology in draft: in the list", "methodologies", "methodology", OWN_HOST, less=EVERYBODY),
    Thing("A methodology in draft: in the list as CSV", "methodologies-export: csv", "methodology", NOBODY, less=EVERYBODY),
    Thing("A methodology in draft: on the page of an approved one", "methodology", "methodology", NOBODY, less=EVERYBODY),
    Thing(
        "An application in draft: in the list", "third-party-entities", "application", frozenset({"applicant"}), less=EVERYBODY
    ),
    Thing(
        "An application in draft: in the list as CSV",
        "third-party-entities-export: csv",
        "application",
        frozenset({"applicant"}),
        less=EVERYBODY,
    ),
    Thing("An application in draft: on the page of an entity", "third-party-entity", "application", NOBODY, less=EVERYBODY),
    Thing("A project in draft: its feed", "project-feed: draft", "project", NOBODY),
    *(
        Thing(f"A {what} in draft: in open data as {ending.upper()}", f"data-{ending}: {what}", what, NOBODY, less=EVERYBODY)
        for what in ("project", "methodology")
        for ending in ("csv", "json")
    ),
    Thing("A withdrawn project: the reason that was given", "project: withdrawn", "receipt", EVERYBODY),
    Thing("A registered project", "project: registered", "sheet", EVERYBODY),
    Thing("A considered project: names of confidential documents", "project: considered", "secret", NOBODY, less=EVERYBODY),
    Thing(
        "A considered project: its findings",
        "project: considered",
        "answered",
        REPORTED_TO,
        less=EVERYBODY,
    ),
    behind_log_in(
        "A round: its confidential report on its page",
        "file: round",
        "monitored",
        PARTICIPANTS,
    ),
    behind_log_in(
        "A round: its monitoring sheet",
        "monitoring-sheet",
        "sheet",
        PARTICIPANTS,
        sends=FIELDS,
    ),
    behind_log_in("An idea note in draft", "file: idea note", "ideanote", OWN_HOST),
    behind_log_in("An idea note in draft: a step of it", "step: idea note", "ideanote", OWN_HOST, others=403, undecided=CHOOSE),
    behind_log_in("A methodology in draft", "file: methodology", "methodology", OWN_HOST),
    behind_log_in(
        "A methodology in draft: a step of it", "step: methodology", "methodology", OWN_HOST, others=403, undecided=CHOOSE
    ),
    behind_log_in("An application for designation in draft", "file: application", "application", frozenset({"applicant"})),
    behind_log_in(
        "An application in draft: a step of it",
        "step: application",
        "application",
        frozenset({"applicant"}),
        others=403,
        undecided=CHOOSE,
    ),
    behind_log_in("A nomination to the committee", "file: nomination", "nomination", COMMITTEE | SECRETARIATS),
)

ASSESSED = (
    behind_log_in("A finding of a validation", "finding: asked", "asked", REPORTED_TO),
    behind_log_in(
        "A finding of a validation: a step of it",
        "step: finding",
        "asked",
        PARTICIPANTS,
        others=403,
        undecided=CHOOSE,
    ),
    behind_log_in("An assessment at work: its findings", "assessment", "asked", CONCERNED),
    behind_log_in("An assessment at work: the entity's notes", "assessment", "noted", ENTITY | SECRETARIATS, less=PARTICIPANTS),
    behind_log_in("An assessment at work: the entity's checklist", "checklist", "noted", ENTITY),
    behind_log_in("A finding that was answered with evidence", "finding: answered", "answered", REPORTED_TO),
    behind_log_in("Its evidence, named", "finding: answered", "evidence", REPORTED_TO - IN_CONFLICT, less=IN_CONFLICT),
    behind_log_in("A reported assessment: its findings", "assessment: reported", "answered", REPORTED_TO),
    behind_log_in(
        "A reported assessment: names of confidential evidence",
        "assessment: reported",
        "evidence",
        REPORTED_TO - IN_CONFLICT,
        less=IN_CONFLICT,
    ),
)

ACTS = (
    behind_log_in(
        "The receipt of a withdrawal", "act-receipt: withdrawal", "receipt", OWN_JAPAN | SECRETARIATS, undecided=CHOOSE
    ),
    behind_log_in(
        "The receipt of a withdrawal as PDF",
        "act-receipt-paper: withdrawal",
        "receipt",
        OWN_JAPAN | SECRETARIATS,
        undecided=CHOOSE,
    ),
)


def in_side(side: str, other: str, name: str) -> tuple[Thing, ...]:
    """What one side says at a ballot that runs: its own people read it, the other side's not before the item has closed."""
    own = of(side, *OFFICES_HOST)
    theirs = of(other, *OFFICES_HOST)
    secretariat = of(side, "secretariat")
    return (
        Thing(f"A comment of a member, {side}", "ballot", f"comment{name}", own, less=theirs),
        Thing(f"An objection of a member, {side}", "ballot", f"onpaper{name}", own, less=theirs),
        Thing(f"What a member said first, {side}", "ballot", f"objection{name}", own, less=theirs),
        Thing(f"A note inside the side, {side}", "ballot", f"note{name}", own, less=theirs),
        Thing(
            f"The scan of a reply on paper, {side}",
            f"document: scan{name}",
            f"scan{name}",
            own - of(side, "authority"),
        ),
        behind_log_in(
            f"The receipt of that scan, {side}",
            f"document-receipt: scan{name}",
            f"scan{name}",
            secretariat,
            undecided=CHOOSE,
        ),
        behind_log_in(
            f"The receipt of an answer, {side}",
            f"act-receipt: answer of {name}",
            f"comment{name}",
            NOBODY,
            less=of(side, "co-chair", "secretariat") | of(other, "secretariat"),
            undecided=CHOOSE,
        ),
        behind_log_in(
            f"The receipt of a reply on paper, {side}",
            f"act-receipt: reply of {name}",
            f"scan{name}",
            secretariat,
            less=of(other, "secretariat"),
            undecided=CHOOSE,
        ),
    )


BALLOTS = (
    Thing(
        "A ballot that runs: names of confidential documents",
        "ballot",
        "secret",
        NOBODY,
        less=ROOM,
    ),
    *in_side("India", "Japan", "india"),
    *in_side("Japan", "India", "japan"),
    Thing("A ballot that runs: findings about its file", "ballot", "answered", COMMITTEE | SECRETARIATS, less=AUTHORITIES),
    Thing("A ballot that runs: its effect", "ballot_effect", "commentindia", NOBODY, less=ROOM),
    Thing("A ballot that runs: the effect of an item", "ballot_item_effect", "commentindia", NOBODY, less=ROOM),
    Thing("A ballot that runs: a reply on paper", "ballot_reply", "scanindia", NOBODY, less=SECRETARIATS),
    Thing("A ballot in draft", "ballot: draft", "ballot", CONVENERS),
    Thing("A ballot in draft: in the decisions as CSV", "decisions-export: csv", "ballot", NOBODY, less=EVERYBODY),
    Thing("A ballot in draft: its items", "ballot_items: draft", "ballot", CONVENERS),
    Thing("A ballot in draft: before it is circulated", "ballot_circulation: draft", "ballot", CONVENERS),
    behind_log_in("A ballot in draft: by its key", "file: draft ballot", "ballot", NOBODY, instead={CONVENERS: ON}),
    behind_log_in("A ballot in draft: a step of it", "step: draft ballot", "ballot", CONVENERS, others=403, undecided=CHOOSE),
    Thing("Decisions and ballots: a draft among them", "decisions", "ballot", NOBODY, less=EVERYBODY),
    *(
        Thing(f"The decision's record: {said}", at, place, EVERYBODY)
        for at, said, place in (
            ("decision-record", "its page", "decidedpublic"),
            ("record-json", "its bytes", "decidedpublic"),
            ("record-paper", "on paper", "decidedpublic"),
            ("record-bundle", "the proof for everybody", "decidedpublic"),
        )
    ),
    *(
        Thing(f"A confidential document in the decision's record: {said}", at, "decided", NOBODY, less=EVERYBODY)
        for at, said in (
            ("decision-record", "its page"),
            ("record-json", "its bytes"),
            ("record-paper", "on paper"),
            ("record-bundle", "the proof for everybody"),
        )
    ),
    Thing(
        "A confidential document in the committee's proof",
        "record-committee-bundle",
        "decided",
        (COMMITTEE - IN_CONFLICT) | SECRETARIATS,
        less=AUTHORITIES | IN_CONFLICT,
    ),
)

TOLD = (
    Thing("A meeting being planned", "meeting", "topic", CONVENERS),
    Thing("A meeting being planned: its title", "meeting", "meeting", CONVENERS),
    Thing("A meeting being planned: in the list", "meetings", "meeting", NOBODY, less=EVERYBODY),
    Thing("A meeting being planned: in the list as CSV", "meetings-export: csv", "meeting", NOBODY, less=EVERYBODY),
    behind_log_in("A meeting being planned: its agenda", "meeting-agenda", "topic", CONVENERS),
    behind_log_in("A meeting being planned: its attendance", "meeting-attendance", "topic", NOBODY, less=SECRETARIATS),
    behind_log_in("A meeting being planned: what it decides", "meeting-decisions", "topic", NOBODY, less=CONVENERS),
    Thing("A meeting being planned: its report", "meeting-report", "topic", NOBODY),
    behind_log_in("A meeting being planned: an item", "meeting-item", "topic", CONVENERS),
    behind_log_in("A message", "message", "asked", OWN_HOST),
    behind_log_in("A webhook: its renewal", "webhook-renew", "hook", KEEPERS),
    behind_log_in("A webhook: its end", "webhook-revoke", "hook", KEEPERS),
)

SAID = (
    Thing("A call: a published input", "call", "inputopen", EVERYBODY),
    Thing("A call: a withheld input", "call", "inputheld", NOBODY, less=EVERYBODY),
    Thing("A call: an input that is not decided on", "call", "inputwait", NOBODY, less=EVERYBODY),
    Thing("A call: the e-mail address of a sender", "call", "inputmail", NOBODY, less=EVERYBODY),
    behind_log_in("A published input: its own page", "public-input: inputopen", "inputopen", MEMBERS | SECRETARIATS | OWN_HOST),
    behind_log_in(
        "A withheld input: its own page", "public-input: inputheld", "inputheld", SECRETARIATS, less=MEMBERS | OWN_HOST
    ),
    behind_log_in("An input that is not decided on: its own page", "public-input: inputwait", "inputwait", SECRETARIATS),
)

THINGS = (*DOCUMENTS, *EXPERTS, *FILES, *ASSESSED, *ACTS, *BALLOTS, *SAID, *TOLD)

# Whoever is told that these are there, and not to be had, knows them by their names.
NAMED = frozenset({"waiting", "openwaiting", "infected"})


def by_right(who: str) -> frozenset[str]:
    """The places whose canaries somebody sees somewhere by right."""
    return frozenset(
        thing.place for thing in THINGS if thing.outcome(who) == SEEN or (thing.place in NAMED and thing.outcome(who) == 403)
    )
