"""How to bring an appointment to the committee into each of its states."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role, Side
from apps.composition.models import Appointment
from apps.composition.procedure import PROCEDURE, State
from apps.core import clock
from apps.core.clock import Rehearsal
from apps.workflow.models import Subject
from apps.workflow.selectors import open_deadlines
from apps.workflow.services import open_file, perform, sweep
from tests.journeys.editions import EDITION, in_each
from tests.journeys.walker import Need, Scene
from tests.people import Cast, actor, organisation

GROUNDS = "Somebody of another ministry is to be nominated."


def newcomer(name: str = "Indian newcomer") -> User:
    """Somebody without an office, known to the site."""
    address = f"{name.lower().replace(' ', '.')}@example.org"
    return User.objects.filter(email=address).first() or User.objects.create_user(address, name=name)


def nomination(**changes: Any) -> dict[str, Any]:
    """A new member of the Indian side."""
    body = organisation("Ministry of Power", Side.HOST)
    given = {"title": "A member of the Ministry of Power", "side": "host", "role": Role.MEMBER.value, "organisation": body.pk}
    return {**given, "edition": EDITION.get(), **changes}


def nominated(people: Cast, _time: Rehearsal | None = None, **changes: Any) -> Appointment:
    """Nominated by the Indian secretariat."""
    given = nomination(**changes)
    given.setdefault("person", newcomer().pk)
    by = given.pop("by", people.secretariat_host)
    opened = open_file(Appointment, "nominate", actor=actor(by), **given)
    assert isinstance(opened, Appointment)
    return opened


def cooling(people: Cast, _time: Rehearsal | None = None, **changes: Any) -> Appointment:
    """Confirmed by the Indian co-chair."""
    file = nominated(people, **changes)
    perform(file, "confirm", actor=actor(people.co_chair_host))
    return file.reload()


def cooled(file: Subject, time: Rehearsal) -> Appointment:
    """The cooling period has passed."""
    time.move_to(open_deadlines(file).get().due_at)
    sweep()
    found = file.reload()
    assert isinstance(found, Appointment)
    return found


def in_office(people: Cast, time: Rehearsal, **changes: Any) -> Appointment:
    """In office since the cooling period has passed."""
    return cooled(cooling(people, **changes), time)


def taken_over(people: Cast, _time: Rehearsal | None = None, office: Membership | None = None) -> Appointment:
    """An Indian office of old, the first member's where none is named, brought on file."""
    held = office or people.members_host[0]
    given = {"title": "An office of old", "edition": EDITION.get(), "office": held.pk}
    opened = open_file(Appointment, "take_over", actor=actor(people.secretariat_host), **given)
    assert isinstance(opened, Appointment)
    return opened


def new_password(user: User, word: str = "another long pass phrase") -> None:
    """The person's password becomes another, by whatever way."""
    user.password = f"plain${word}"
    user.save(update_fields=["password"])


def renewal(people: Cast, time: Rehearsal) -> Appointment:
    """In office, the credential has changed, and the secretariat proposes it."""
    file = in_office(people, time)
    new_password(file.person)
    perform(file, "renew_credential", actor=actor(people.secretariat_host))
    return file.reload()


def renewal_cooling(people: Cast, time: Rehearsal) -> Appointment:
    """The co-chair has confirmed the changed credential."""
    file = renewal(people, time)
    perform(file, "confirm_credential", actor=actor(people.co_chair_host))
    return file.reload()


def end_proposed(people: Cast, time: Rehearsal, ends_on: date | None = None) -> Appointment:
    """The secretariat proposes an end in ten days."""
    file = in_office(people, time)
    day = ends_on or clock.today() + timedelta(days=10)
    perform(file, "propose_end", actor=actor(people.secretariat_host), ends_on=day)
    return file.reload()


def declined(people: Cast, _time: Rehearsal | None = None) -> Appointment:
    """Declined by the co-chair."""
    file = nominated(people)
    perform(file, "decline", actor=actor(people.co_chair_host), grounds=GROUNDS)
    return file.reload()


def withdrawn(people: Cast, _time: Rehearsal | None = None) -> Appointment:
    """Withdrawn by the secretariat in the cooling period."""
    file = cooling(people)
    perform(file, "withdraw", actor=actor(people.secretariat_host))
    return file.reload()


def person_has_a_new_password(scene: Scene) -> None:
    """There is something to confirm."""
    assert isinstance(scene.file, Appointment)
    new_password(scene.file.person)


WAYS = {
    State.NOMINATED: nominated,
    State.COOLING: cooling,
    State.IN_OFFICE: in_office,
    State.RENEWAL: renewal,
    State.RENEWAL_COOLING: renewal_cooling,
    State.END_PROPOSED: end_proposed,
    State.DECLINED: declined,
    State.WITHDRAWN: withdrawn,
}
BY_EDITION = in_each(PROCEDURE.tables, WAYS)


def chair(people: Cast) -> Any:
    """The Indian co-chair, the second person."""
    return people.co_chair_host


def in_ten_days(_scene: Scene) -> dict[str, date]:
    """An end that is to come."""
    return {"ends_on": clock.today() + timedelta(days=10)}


NEEDS = {
    "take_over": Need(reach=taken_over),
    "confirm": Need(by=chair),
    "decline": Need({"grounds": GROUNDS}, by=chair),
    "propose_end": Need(in_ten_days),
    "confirm_end": Need(by=chair),
    "renew_credential": Need(before=person_has_a_new_password),
    "confirm_credential": Need(by=chair),
}
