"""The site on which everybody tries everything: real steps under India 2026, with a canary in each place that is not for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.committee.kinds import Form, Stance
from apps.committee.models import Ballot
from apps.committee.services import about, circulate, note, open_ballot, record_reply
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.decision_records.services import write_records
from apps.documents.kinds import Kind, Outcome
from apps.documents.models import DocumentVersion, Reading, Upload, Verdict
from apps.documents.services import add_twin, add_version, begin_upload, name_expert, picture, receive
from apps.events.services import relay
from apps.feeds.services.calendars import make_feed
from apps.feeds.services.hooks import make_webhook
from apps.findings.kinds import FindingKind
from apps.findings.models import Finding
from apps.findings.services import keep_notes
from apps.issuance.models import Round
from apps.meetings.services import plan_meeting
from apps.notifications.models import Message
from apps.projects.models import Project
from apps.projects.procedure import State
from apps.workflow.models import Subject
from apps.workflow.services import perform
from tests.committee.ballots import AGREE, CONFLICT, NO, say
from tests.drafting.filling import Desk
from tests.findings.raising import raised
from tests.issuance.walk import Course
from tests.journeys import appointment, idea_note, methodology, tpe
from tests.journeys.editions import under
from tests.meetings.convened import PLAN
from tests.people import actor, organisation, person
from tests.permissions.canaries import blackened, canary, digest, paper
from tests.permissions.capacities import People
from tests.projects.walk import World
from tests.public_inputs import writing as inputs

EDITION = "india_2026"
XLSX = b"PK\x03\x04 a spreadsheet"


@dataclass
class Site:
    """Everybody's browser, the address of everything, and what is known of pictures."""

    people: People
    time: Rehearsal
    at: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    unchecked: set[int] = field(default_factory=set)
    clients: dict[str, Client] = field(default_factory=dict)
    calendars: dict[str, str] = field(default_factory=dict)
    shared: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cast = self.people.walking
        self.world = World(self.cast, self.time, EDITION)

    # --- Papers -----------------------------------------------------------------------------------

    def hand_in(
        self, subject: Subject, kind: Kind, place: str, by: Membership, content: bytes = b"", *, confidential: bool = True
    ) -> DocumentVersion:
        """A paper with the canary of its place, as its name and in its text; its addresses are known by the place."""
        name = f"{canary(place)}.pdf"
        version = add_version(
            subject=subject, kind=kind, name=name, content=content or paper(place), membership=by, confidential=confidential
        )
        return self.known(place, version)

    def known(self, place: str, version: DocumentVersion) -> DocumentVersion:
        """Keep the addresses of a version."""
        for view in ("document", "confidential", "pictures", "comparison", "document-receipt"):
            self.at[f"{view}: {place}"] = reverse(view, args=[version.pk])
        self.at[f"document-receipt-paper: {place}"] = reverse("document-receipt-paper", args=[version.pk, "en"])
        self.at[f"page-picture: {place}"] = reverse("page-picture", args=[version.pk, 1])
        return version

    def draw(self, place: str, version: DocumentVersion) -> None:
        """Know the picture of a paper's first page when it is seen again."""
        self.drawn[digest(picture(version, 1))] = canary(place)


def build(time: Rehearsal) -> Site:
    """The whole site, as it stands when the ballot about the considered project has begun."""
    site = Site(People(), time)
    registered(site)
    withdrawn(site)
    considered(site)
    experts(site)
    in_validation(site)
    drafts(site)
    uploads(site)
    offices(site)
    on_ballots(site)
    commented(site)
    told(site)
    verdicts(site)
    site.clients = site.people.clients()
    return site


# --- Files of projects ----------------------------------------------------------------------------


def registered(site: Site) -> None:
    """A registered project whose decision rests on a confidential document, its record, and its round."""
    world, people = site.world, site.cast
    project = world.reach(State.CONSIDERATION, title=canary("sheet"))
    site.hand_in(project, Kind.VALIDATION_REPORT, "decided", people.tpe)
    site.hand_in(project, Kind.MONITORING_PLAN, "decidedpublic", people.participant_host, confidential=False)
    ballot = ballot_about(site, project)
    for one in conflicted(site):
        say(ballot, one, CONFLICT)
    for one in (people.co_chair_host, people.co_chair_japan, people.members_host[0], people.members_japan[0]):
        say(ballot, one, AGREE)
    record = write_records(ballot.reload())[0]
    place = [record.number, record.supplement]
    site.at["project: registered"] = project.get_absolute_url()
    site.at["decision-record"] = record.get_absolute_url()
    for view in ("record-json", "record-bundle", "record-committee-bundle"):
        site.at[view] = reverse(view, args=place)
    site.at["record-paper"] = reverse("record-paper", args=[*place, "en"])
    of_round(site, project)


def of_round(site: Site, project: Project) -> None:
    """A round that is being monitored, with a report that is confidential."""
    one: Round = Course(site.world).open(project.reload())
    site.hand_in(one, Kind.MONITORING_REPORT, "monitored", site.cast.participant_host)
    site.at["file: round"] = reverse("file", args=["round", one.pk])
    site.at["monitoring-sheet"] = reverse("monitoring-sheet", args=[one.pk])


def withdrawn(site: Site) -> None:
    """A project that was withdrawn after public inputs had begun; its confidential document stays what it was."""
    project = site.world.reach(State.INPUTS, title="Withdrawn project")
    site.hand_in(project, Kind.PDD, "withdrawn", site.cast.participant_host)
    event = perform(project.reload(), "withdraw", actor=actor(site.cast.participant_japan), reason=canary("receipt"))
    site.at["act-receipt: withdrawal"] = reverse("act-receipt", args=[event.pk])
    site.at["act-receipt-paper: withdrawal"] = reverse("act-receipt-paper", args=[event.pk, "en"])
    site.at["project: withdrawn"] = project.get_absolute_url()


def considered(site: Site) -> None:
    """The project that the committee considers: every kind of document, and a finding that was answered with evidence."""
    world, people = site.world, site.cast
    project = world.in_validation(title="Considered project")
    finding = raised(project, people.tpe, FindingKind.CL, title=canary("answered"), finding="Which boiler is it?")
    site.hand_in(finding, Kind.FINDING_EVIDENCE, "evidence", people.participant_host)
    perform(finding, "respond_with_evidence", actor=actor(people.participant_host), response="See the photograph.")
    perform(finding.reload(), "close", actor=actor(people.tpe), conclusion="It is.")
    project = world.reach(State.CONSIDERATION, project.reload())
    site.at["finding: answered"] = finding.get_absolute_url()
    site.at["assessment: reported"] = reverse("assessment", args=["project", project.pk])
    site.at["project: considered"] = project.get_absolute_url()
    site.at["step: considered"] = reverse("step", args=["project", project.pk, "withdraw_request"])
    papers_of(site, project)


def papers_of(site: Site, project: Project) -> None:
    """Public and confidential ones, with what came before them, what was made public of them, and what is not clean."""
    own, japan = site.cast.participant_host, site.cast.participant_japan
    for place in ("openbefore", "open"):
        public = site.hand_in(project, Kind.MONITORING_PLAN, place, own, confidential=False)
    site.draw("open", public)
    site.draw("superseded", site.hand_in(project, Kind.PDD, "superseded", own))
    secret = site.hand_in(project, Kind.PDD, "secret", own, paper("twin", hides="secret"))
    site.draw("secret", secret)
    reader = person("Whoever has read it", Role.TPE, organisation(canary("reader")))
    Reading.objects.create(version=secret, membership_id=reader.pk, read_at=clock.now())
    twin = add_twin(original=secret, name=f"{canary('twin')}.pdf", content=blackened("twin"), membership=own)
    site.draw("twin", site.known("twin", twin))
    site.hand_in(project, Kind.CREDIT_ALLOCATION, "madepublicbefore", japan)
    site.hand_in(project, Kind.CREDIT_ALLOCATION, "madepublic", japan, confidential=False)
    waiting = site.hand_in(project, Kind.VALIDATION_REPORT, "waiting", site.cast.tpe)
    open_waiting = site.hand_in(project, Kind.MOC_STATEMENT, "openwaiting", japan, confidential=False)
    site.unchecked = {waiting.pk, open_waiting.pk}
    site.draw("waiting", waiting)
    site.draw("openwaiting", open_waiting)
    infected = site.hand_in(project, Kind.SD_PLAN, "infected", own)
    Verdict.objects.create(version=infected, outcome=Outcome.INFECTED, carries="Eicar", scanner="ClamAV", judged_at=clock.now())


def experts(site: Site) -> None:
    """India names an expert for the considered project, Japan another one for the registered project."""
    sides = {
        "expert": ("Considered project", site.cast.secretariat_host),
        "other expert": (canary("sheet"), site.cast.secretariat_japan),
    }
    for who, (title, by) in sides.items():
        user, subject = site.people.users[who], Project.objects.get(title=title)
        assert user is not None
        named = name_expert(
            subject=subject,
            email=user.email,
            organisation=f"Institute of the {who}",
            last_on=clock.today() + timedelta(days=30),
            reason=canary(who.replace(" ", "")),
            by=by,
        )
        site.at[f"experts: {who}"] = reverse("experts", args=["project", subject.pk])
        site.at[f"expert-withdrawal: {who}"] = reverse("expert-withdrawal", args=["project", subject.pk, named.pk])


def in_validation(site: Site) -> None:
    """A project in validation: an open finding, the entity's notes, and its report half written."""
    people, project = site.cast, site.world.in_validation(title="Project in validation")
    finding = raised(project, people.tpe, title=canary("asked"))
    rows = {104: (True, canary("noted"))}
    keep_notes(project, membership=people.tpe, notes=rows)
    desk = Desk(project, "VAL", people.tpe)
    desk.fill(opinion={"opinion": "positive", "grounds": canary("drafted")})
    for view, more in (("draft", []), ("draft-section", ["opinion"]), ("draft-answers", []), ("draft-preview", ["en"])):
        site.at[view] = reverse(view, args=["project", project.pk, "VAL", *more])
    site.at["finding: asked"] = finding.get_absolute_url()
    site.at["step: finding"] = reverse("step", args=["finding", finding.pk, "respond"])
    site.at["assessment"] = reverse("assessment", args=["project", project.pk])
    site.at["checklist"] = reverse("checklist", args=["project", project.pk])
    site.shared.append(project.get_absolute_url())


def drafts(site: Site) -> None:
    """Files that nobody has been told of."""
    people, spare = site.cast, site.people.spare
    project = site.world.open(title=canary("project"))
    site.at["project: draft"] = project.get_absolute_url()
    site.at["project-feed: draft"] = f"{project.get_absolute_url()}feed.atom"
    site.at["file: draft project"] = reverse("file", args=["project", project.pk])
    site.at["step: draft project"] = reverse("step", args=["project", project.pk, "submit_pdd"])
    site.hand_in(project, Kind.PDD, "draftopen", people.participant_host, confidential=False)
    site.hand_in(project, Kind.SD_PLAN, "draftsecret", people.participant_host)
    others = [(people.stranger.organisation, "host"), (spare["other participant, Japan"].organisation, "japan")]
    focal = people.stranger.organisation
    by = actor(people.stranger)
    other = site.world.open(actor=by, title=canary("otherproject"), participants=others, focal_point=focal)
    site.at["project: draft of others"] = other.get_absolute_url()
    for name, file in {
        "idea note": under(EDITION, lambda: idea_note.drafted(people, by=people.participant_host, title=canary("ideanote"))),
        "methodology": under(EDITION, lambda: methodology.drafted(people, title=canary("methodology"))),
        "application": under(EDITION, lambda: tpe.drafted(people, by=spare["applicant"], title=canary("application"))),
    }.items():
        site.at[f"file: {name}"] = reverse("file", args=[file.procedure.key, file.pk])
        row = next(row for row in file.procedure.rows(EDITION) if file.state in row.source and row.key != "amend")
        site.at[f"step: {name}"] = reverse("step", args=[file.procedure.key, file.pk, row.key])


def uploads(site: Site) -> None:
    """A file that is still coming, and one that was refused; both lie in quarantine."""
    own = site.cast.participant_host
    project = Project.objects.get(title=canary("project"))
    for place, size, pieces in (("coming", 2_000, [paper("coming")[:900]]), ("refused", 8, [b"MZ zqqz "])):
        one = begin_upload(subject=project, kind=Kind.PDD, name=f"{place}.pdf", size=size, membership=own)
        receive(one, 0, pieces)
        # What the sender is told of it names nothing but itself.
        Upload.objects.filter(pk=one.pk).update(problems=[{"code": "DOC-07", "text": canary(place)}])
        site.at[f"upload: {place}"] = reverse("upload", args=[one.token])


def offices(site: Site) -> None:
    """A nomination, a meeting that is being planned, and entities beside the project's own."""
    people, spare = site.cast, site.people.spare
    nominated = under(EDITION, lambda: appointment.nominated(people, title=canary("nomination")))
    site.at["file: nomination"] = reverse("file", args=["appointment", nominated.pk])
    former = site.world.entity(spare["former entity"])
    perform(former, "withdraw", actor=actor(spare["former entity"]), open_work="None")
    site.world.entity(people.other_tpe)
    plan_a_meeting(site)


def plan_a_meeting(site: Site) -> None:
    """Planned, and told to nobody but those who prepare it."""
    people = site.cast
    given = {**PLAN, "held_on": site.world.today + timedelta(days=60)}
    meeting = plan_meeting(actor=actor(people.secretariat_host), title=canary("meeting"), edition=EDITION, **given)
    perform(meeting, "add_item", actor=actor(people.secretariat_japan), item_title=canary("topic"))
    number = meeting.reload().number
    for view in ("meeting", "meeting-agenda", "meeting-attendance", "meeting-decisions", "meeting-report"):
        site.at[view] = reverse(view, args=[number])
    site.at["meeting-item"] = reverse("meeting-item", args=[number, 1])


# --- The committee --------------------------------------------------------------------------------


def conflicted(site: Site) -> list[Membership]:
    """The second member of each side, who declares a conflict of interest."""
    return [site.cast.members_host[1], site.cast.members_japan[1]]


def ballot_about(site: Site, project: Project) -> Ballot:
    """A ballot on the registration of a project, before the committee."""
    by = actor(site.cast.secretariat_host)
    item = about(project, "register", "Register it?")
    ballot = open_ballot(actor=by, title="Registration", form=Form.ELECTRONIC, items=[item], edition=EDITION)
    circulate(ballot, actor=by)
    return ballot.reload()


def on_ballots(site: Site) -> None:
    """A draft, and a ballot that runs, on which both sides have said something of each kind."""
    people = site.cast
    project = Project.objects.get(title="Considered project")
    ballot = ballot_about(site, project)
    sides: dict[str, tuple[Any, ...]] = {
        "india": (people.co_chair_host, people.members_host[0], people.secretariat_host),
        "japan": (people.co_chair_japan, people.members_japan[0], people.secretariat_japan),
    }
    for one in conflicted(site):
        say(ballot, one, CONFLICT)
    for side, (chair, member, secretariat) in sides.items():
        said = say(ballot, chair, ("agree_with_comment", canary(f"comment{side}")))
        say(ballot, member, (NO[0], canary(f"objection{side}")))
        note(ballot, membership=secretariat, stance=Stance.COMMENT, text=canary(f"note{side}"))
        scan = SimpleUploadedFile(f"{canary(f'scan{side}')}.pdf", paper(f"scan{side}"))
        today, answers = clock.today(), {1: (NO[0], canary(f"onpaper{side}"))}
        given = {"seat": member.pk, "received_on": today, "answers": answers, "scan": scan}
        written = record_reply(ballot, membership=secretariat, **given)
        site.known(f"scan{side}", DocumentVersion.objects.filter(kind=Kind.REPLY).latest("pk"))
        for place, event in ((f"answer of {side}", said), (f"reply of {side}", written)):
            site.at[f"act-receipt: {place}"] = reverse("act-receipt", args=[event.pk])
    for view in ("ballot", "ballot_reply", "ballot_items", "ballot_circulation", "ballot_effect"):
        site.at[view] = reverse(view, args=[ballot.reference])
    site.at["ballot_item_effect"] = reverse("ballot_item_effect", args=[ballot.reference, 1])
    draft = open_ballot(actor=actor(people.co_chair_japan), title=canary("ballot"), form=Form.ELECTRONIC, edition=EDITION)
    for view in ("ballot", "ballot_items", "ballot_circulation"):
        site.at[f"{view}: draft"] = reverse(view, args=[draft.reference])
    site.at["file: draft ballot"] = reverse("file", args=["ballot", draft.pk])
    site.at["step: draft ballot"] = reverse("step", args=["ballot", draft.pk, "circulate"])


# --- What the public says -------------------------------------------------------------------------


def commented(site: Site) -> None:
    """A proposed methodology with three inputs: one is published, one withheld by India, and one is not decided on."""
    people, proposal = site.cast, under(EDITION, lambda: methodology.published(site.cast))
    for place in ("inputopen", "inputheld", "inputwait"):
        said = {"text": canary(place), "name": canary(place), "organisation": ""}
        one = inputs.received(proposal, email=f"{canary('inputmail')}@example.org", **said)
        site.at[f"public-input: {place}"] = one.get_absolute_url()
        if place == "inputopen":
            perform(one, "publish", actor=actor(people.secretariat_japan))
        elif place == "inputheld":
            given = {"ground": "personal", "grounds": "It names a neighbour."}
            perform(one, "withhold", actor=actor(people.secretariat_host), **given)
    site.at["call"] = reverse("call", args=[proposal.reference])
    site.shared += ["/public-inputs/", proposal.get_absolute_url()]


# --- What is told ---------------------------------------------------------------------------------


def told(site: Site) -> None:
    """Messages, calendars of everybody who may have one, and a webhook."""
    while relay():
        pass
    asked = Finding.objects.get(title=canary("asked"))
    about = {"subject_type": "finding", "subject_id": asked.pk}
    message = Message.objects.get(user=site.cast.participant_host.user, **about)
    site.at["message"] = reverse("message", args=[message.pk])
    hook, _secret = make_webhook(
        site.cast.secretariat_host, url=f"https://hooks.example.org/{canary('hook')}", wanted=["project"]
    )
    site.at |= {
        "projects": "/projects/",
        "projects: searched": f"/projects/?text={canary('project')[:-2]}",
        "decisions-export: csv": "/decisions.csv",
        "meetings-export: csv": "/meetings.csv",
        "idea-notes": "/idea-notes/",
        "idea-notes-export: csv": "/idea-notes.csv",
        "idea-note": "/idea-notes/IN_PIN999/",
        "methodologies": "/methodologies/",
        "methodologies-export: csv": "/methodologies.csv",
        "methodology": site.world.usual_version.methodology.get_absolute_url(),
        "third-party-entities": "/third-party-entities/",
        "third-party-entities-export: csv": "/third-party-entities.csv",
        "third-party-entity": site.world.usual_entity.register_url,
        "projects-export: csv": "/projects.csv",
        "projects-export: xlsx": "/projects.xlsx",
        "decisions": "/decisions/",
        "meetings": "/meetings/",
        **{f"data-{ending}: project": f"/data/projects.{ending}" for ending in ("csv", "json")},
        **{f"data-{ending}: methodology": f"/data/proposed-methodologies.{ending}" for ending in ("csv", "json")},
    }
    site.shared += ["/", "/messages/", "/calendar/", "/webhooks/", "/committee/"]
    site.shared += ["/public/", "/issuances/", "/figures/", "/figures/durations/", "/figures/places/", "/rules/project/"]
    site.shared += [f"/feeds/{name}.atom" for name in ("decisions", "calls", "issuances")]
    site.shared += [
        f"/data/{name}.json" for name in ("decisions", "methodologies", "third-party-entities", "rounds", "issuances")
    ]
    for view in ("webhook-test", "webhook-renew", "webhook-revoke"):
        site.at[view] = reverse(view, args=[hook.pk])
    site.calendars = {
        name: reverse("calendar-file", args=[make_feed(one, language="en")]) for name, one in site.people.users.items() if one
    }


def verdicts(site: Site) -> None:
    """The scanner has looked at everything but what waits for it."""
    settings.CLAMD = "127.0.0.1:1"
    rest = DocumentVersion.everything.filter(verdict=None).exclude(pk__in=site.unchecked)
    clean: Callable[[DocumentVersion], Verdict] = lambda one: Verdict(  # noqa: E731 - a row of many
        version=one, outcome=Outcome.CLEAN, scanner="ClamAV", judged_at=clock.now()
    )
    Verdict.objects.bulk_create(map(clean, rest))
