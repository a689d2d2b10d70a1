"""People, papers, accounts and new files."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from apps.accounts.models import Membership
from apps.accounts.roles import Role, Side
from apps.accounts.services import appoint, end_appointment
from apps.core import clock
from apps.documents.kinds import Kind
from apps.events.models import Event
from apps.registry.services import open_account
from apps.workflow.services import open_file
from tests.people import actor
from tests.walks import log
from tests.walks.base import Walker, described, name
from tests.walks.filling import shifted
from tests.walks.starts import memberships


class Offices(Walker):
    """People, papers, accounts and new files."""

    @rule(data=st.data())
    def appointments(self, data: st.DataObject) -> None:
        """Somebody leaves, is succeeded, takes another office, or would change sides."""
        self.figures.counts["steps"] += 1
        self.figures.counts["appointments"] += 1
        one, what = self.pick(data, self.members), self.pick(data, ["succeed", "other side", "other side", "end", "office"])
        today = clock.today()
        if what in {"end", "succeed"}:
            last = today + timedelta(days=self.pick(data, [0, 0, 30, -1]))
            fresh = Membership.objects.get(pk=one.pk)
            self.tried(f"the administrator: {name(one)} serves until {last}", lambda: end_appointment(fresh, ends_on=last))
        if what == "succeed":
            self.appoint(self.successor(one, today))
        if what == "office":
            role = self.pick(data, [Role.SECRETARIAT, Role.MEMBER, Role.GOVERNMENT])
            self.appoint(Membership(user=one.user, organisation=one.organisation, role=role, side=one.side, starts_on=today))
        if what == "other side":
            side = self.pick(data, [side for side in Side if side != one.side])
            day = today + timedelta(days=self.pick(data, [0, 0, 31, 400]))
            self.appoint(Membership(user=one.user, organisation=one.organisation, role=Role.MEMBER, side=side, starts_on=day))
        self.members = memberships()

    def successor(self, one: Membership, today: date) -> Membership:
        """A new person in the same office, from tomorrow on."""
        self.counter += 1
        user = type(one.user)(email=f"successor-{self.counter}@example.org", name=f"Successor {self.counter}")
        user.save()
        self.look()
        return Membership(
            user=user, organisation=one.organisation, role=one.role, side=one.side, starts_on=today + timedelta(days=1),
            acts_for=one.acts_for,
        )  # fmt: skip

    def appoint(self, one: Membership) -> None:
        """Appoint; refused exactly where somebody would serve both sides, or no side is named."""
        until = one.ends_on or date.max
        others = Membership.objects.filter(user=one.user).exclude(side__in=["", one.side])
        crosses = bool(one.side) and any(m.starts_on <= until and (m.ends_on or date.max) >= one.starts_on for m in others)
        must = "ACC-01" if not one.side and one.role not in {Role.PARTICIPANT, Role.TPE} else "ACC-03" if crosses else ""
        said = f"the administrator: {one.user} becomes {one.role} of {one.side or 'neither side'} from {one.starts_on}"
        _result, refusal = self.tried(said, lambda: appoint(one))
        if (must and (refusal is None or must not in refusal.codes)) or (refusal and not must):
            self.complain([f"I-07: expected {must or 'no refusal'}"])

    @rule(data=st.data())
    def a_new_version(self, data: st.DataObject) -> None:
        """Anybody hands in a document of a kind that the file's table asks for."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=False)
        kinds = sorted({kind for row in file.procedure.rows(file.edition) for kind in row.documents}) if file else []
        if file and kinds:
            self.upload(file, Kind(self.pick(data, kinds)), self.pick(data, self.members))

    @rule(data=st.data())
    def open_another(self, data: st.DataObject) -> None:
        """Somebody opens a file like one that is there, on other days perhaps; the same submit twice opens one."""
        self.figures.counts["steps"] += 1
        file = self.any_file(data, running=False)
        first = Event.objects.filter(subject_type=file.procedure.key, subject_id=file.pk, version=1).first() if file else None
        row = log.row_of(first) if first else None
        if file is None or first is None or row is None:
            return
        own = [one for one in self.members if one.pk == first.membership_id]
        by = self.pick(data, self.members if self.chance(data, 4) or not own else own)
        days = self.pick(data, [0, 0, 30, 183, -183, 365])
        inputs = shifted(file.procedure.inputs_of(row), first.data["inputs"], days)
        fields = type(file).opening_fields(by.organisation_id, first.data["inputs"])
        given = {"edition": first.edition, "title": file.title, "fields": fields, "idempotency_key": self.key()}
        work = lambda: open_file(type(file), row.key, actor=actor(by), **{**inputs, **given})  # noqa: E731 - what is tried has no name
        said = f"{name(by)}: opens a {file.procedure.key} like {file.pk}{described(inputs)}"
        opened, _refusal = self.tried(said, work)
        if opened is not None and self.chance(data, 4):
            before = self.looks
            again, _refusal = self.tried(f"{said}, again", work)
            if again is None or again.pk != opened.pk or self.looks != before:
                self.complain([f"I-12: the same submit opened {again}"])

    @rule(data=st.data())
    def an_account(self, data: st.DataObject) -> None:
        """Somebody, perhaps a registry officer, opens an account."""
        self.figures.counts["steps"] += 1
        officers = [one for one in self.serving if one.as_role == Role.REGISTRY]
        by = self.pick(data, self.members if self.chance(data, 3) or not officers else officers)
        side, holder = self.pick(data, list(Side)), self.pick(data, self.members).organisation
        said = f"{name(by)}: opens an account of {holder} with {side}"
        _account, refusal = self.tried(said, lambda: open_account(side=side, holder=holder, membership=by))
        if refusal is None and not (by in officers and by.side == side):
            self.complain(["I-06: an account was opened by no officer of that side"])
