"""Experts named for one file: they read its confidential documents and nothing else, until their last day or a withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Membership, User
from apps.accounts.roles import Role, Side
from apps.core import clock
from apps.core.errors import NotAllowed, NotNow, NotReady, Refusal
from apps.documents.kinds import Kind
from apps.documents.models import DocumentVersion, Expert, Reading, Withdrawal
from apps.documents.services import add_version, name_expert, withdraw_expert
from apps.events.models import Event
from apps.events.services import relay
from tests.inspection.good import report
from tests.people import ENCODED, Cast, organisation, person
from tests.probe.models import Probe
from tests.probe.services import lodged

CANARY = "canary-report.pdf"

pytestmark = pytest.mark.django_db


@pytest.fixture
def scholar() -> User:
    """Somebody with an account and no office."""
    return User.objects.create(email="Scholar@example.org", name="A scholar", password=ENCODED)


@pytest.fixture
def version(probe: Probe, people: Cast) -> DocumentVersion:
    return confidential(probe, people)


def confidential(probe: Probe, people: Cast) -> DocumentVersion:
    return add_version(
        subject=probe, kind=Kind.PDD, name=CANARY, content=report(1), membership=people.participant_host, confidential=True
    )


def today() -> date:
    return clock.today()


def named(probe: Probe, by: Membership, **changes: Any) -> Expert:
    given = {
        "email": "scholar@example.org", "organisation": "Institute of Biogas", "last_on": today() + timedelta(days=30),
        "reason": "Is the baseline sound?", **changes,
    }  # fmt: skip
    return name_expert(subject=probe, by=by, **given)


def page(probe: Probe) -> str:
    return f"/probe/{probe.pk}/experts/"


def statuses(client: Client, version: DocumentVersion) -> list[int]:
    """What somebody gets who asks for a confidential document in every way."""
    answers = [client.get(f"/documents/{version.pk}/{place}") for place in ("", "confidential/", "pages/", "pages/1.png")]
    for one in answers:
        b"".join(one)
    return [one.status_code for one in answers]


# --- Reading --------------------------------------------------------------------------------------


def test_an_expert_reads_the_confidential_documents_of_the_item_and_each_reading_is_recorded(
    probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client
) -> None:
    client.force_login(scholar)
    assert statuses(client, version) == [404] * 4
    expert = named(probe, people.secretariat_host)
    assert (expert.side, expert.number, expert.membership.role) == ("host", 1, "expert")
    assert b"".join(client.get(version.get_absolute_url()).streaming_content) == report(1)
    assert statuses(client, version) == [200] * 4
    assert [one.membership_id for one in Reading.objects.all()] == [expert.membership_id]
    client.force_login(people.secretariat_japan.user)
    told = client.get(f"/documents/{version.pk}/confidential/").content.decode()
    assert "Institute of Biogas, until" in told
    assert "Named expert" in told, "among those who have read it"


def test_an_expert_of_another_item_sees_nothing(
    probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client
) -> None:
    other = lodged(people.participant_host, title="Another")
    named(other, people.secretariat_host)
    client.force_login(scholar)
    for address in (page(probe), f"/probe/{probe.pk}/", *(f"/documents/{version.pk}/{one}" for one in ("", "confidential/"))):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "canary" not in answer.content.decode()
    assert statuses(client, version) == [404] * 4
    for address in ("/", page(other)):
        answer = client.get(address)
        assert (answer.status_code, "canary" in answer.content.decode()) == (200, False), address
    assert not Reading.objects.exists()


def test_an_expert_reads_and_does_nothing_else(
    probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client
) -> None:
    expert = named(probe, people.secretariat_host)
    client.force_login(scholar)
    assert client.get(f"/probe/{probe.pk}/").status_code == 404
    assert client.get(f"/probe/{probe.pk}/complete/").status_code == 403
    assert client.post(page(probe), {}).status_code == 404
    assert client.post(f"{page(probe)}{expert.pk}/withdraw/", {"reason": "x"}).status_code == 404
    assert client.post(f"/documents/{version.pk}/confidential/", {}).status_code == 404
    own = client.get(f"/documents/{version.pk}/confidential/")
    assert own.context["readings"] is None
    assert page(probe) in own.content.decode()
    assert f'href="/probe/{probe.pk}/"' not in own.content.decode(), "nothing leads to what is closed"


def test_an_expert_finds_the_item_on_the_desk(
    probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client
) -> None:
    named(probe, people.secretariat_host)
    client.force_login(scholar)
    assert page(probe) in client.get("/").content.decode()
    told = client.get(page(probe)).content.decode()
    assert "Is the baseline sound?" in told
    assert version.get_absolute_url() in told


def test_reading_ends_with_the_last_day(
    probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client
) -> None:
    began = clock.now()
    with clock.rehearse(began) as time:
        named(probe, people.secretariat_host, last_on=today())
        client.force_login(scholar)
        assert statuses(client, version)[0] == 200
        time.move_to(began + timedelta(days=2))
        assert statuses(client, version) == [404] * 4
        assert client.get(page(probe)).status_code == 404


def test_a_withdrawal_counts_at_once(probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client) -> None:
    expert = named(probe, people.secretariat_host)
    withdraw_expert(expert=expert, reason="The question is answered.", by=people.secretariat_host)
    client.force_login(scholar)
    assert statuses(client, version) == [404] * 4
    assert client.get(page(probe)).status_code == 404
    assert "Your naming was withdrawn." in client.get("/").content.decode()
    again = named(probe, people.secretariat_host)
    assert again.number == 2


def test_it_is_the_capacity_acted_in_that_counts(
    probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client
) -> None:
    other = Membership.objects.create(
        user=scholar, organisation=organisation("A ministry", "host"), role="authority", side="host", starts_on=date(2020, 1, 1)
    )
    expert = named(probe, people.secretariat_host)
    client.force_login(scholar)
    for held, status in ((other.pk, 404), (expert.membership_id, 200)):
        client.post("/accounts/acting/", {"membership": held})
        assert statuses(client, version)[0] == status


# --- Naming ---------------------------------------------------------------------------------------


def test_each_side_names_its_own_and_the_log_says_so(probe: Probe, people: Cast, scholar: User) -> None:
    expert = named(probe, people.secretariat_japan)
    event = Event.objects.get(type="expert.named")
    assert (event.subject_type, event.subject_id, event.version, event.to_state) == ("expert", expert.pk, 1, "named")
    assert (event.membership_id, event.capacity, event.side) == (people.secretariat_japan.pk, "secretariat", "japan")
    assert (event.reason, event.clause, event.act_id) == ("Is the baseline sound?", "rules 3.8", expert.act_id)
    assert event.data == {
        "about": ["probe", probe.pk], "membership": expert.membership_id, "until": expert.membership.ends_on.isoformat(),
    }  # fmt: skip
    assert str(scholar.pk) not in str(event.data["about"])
    withdraw_expert(expert=expert, reason="Done.", by=people.secretariat_japan)
    event = Event.objects.get(type="expert.withdrawn")
    assert (event.version, event.from_state, event.to_state, event.reason) == (2, "named", "withdrawn", "Done.")
    while relay():
        pass
    assert not Event.objects.get(type="expert.named").deliveries.filter(delivered_at=None).exists()


EVERYBODY_ELSE = (
    "co_chair_host", "co_chair_japan", "government_host", "government_japan", "registry_host", "registry_japan",
    "participant_host", "participant_japan", "tpe", "other_tpe", "stranger",
)  # fmt: skip


@pytest.mark.parametrize("who", [*EVERYBODY_ELSE, "members_host", "members_japan", "expert"])
@pytest.mark.usefixtures("scholar")
def test_nobody_else_names_or_withdraws(who: str, probe: Probe, people: Cast, client: Client) -> None:
    expert = named(probe, people.secretariat_host)
    found = expert.membership if who == "expert" else getattr(people, who)
    by = found[0] if isinstance(found, list) else found
    acts: list[Callable[[], object]] = [
        lambda: named(probe, by, email=people.other_tpe.user.email),
        lambda: withdraw_expert(expert=expert, reason="x", by=by),
    ]
    for act in acts:
        with pytest.raises(NotAllowed) as refused:
            act()
        assert refused.value.codes == ("EXP-01",)
    client.force_login(by.user)
    assert client.post(page(probe), {}).status_code == 404
    assert client.post(f"{page(probe)}{expert.pk}/withdraw/", {"reason": "x"}).status_code == 404
    assert client.get(page(probe)).status_code == (200 if who == "expert" else 404)
    assert (Expert.objects.count(), Withdrawal.objects.count()) == (1, 0)


def test_visitors_are_asked_to_log_in(probe: Probe, client: Client) -> None:
    assert client.get(page(probe)).status_code == 302


@pytest.mark.usefixtures("scholar")
def test_an_appointment_that_is_over_names_nobody(probe: Probe, people: Cast) -> None:
    people.secretariat_host.ends_on = today() - timedelta(days=1)
    people.secretariat_host.save(update_fields=["ends_on"])
    with pytest.raises(NotAllowed) as refused:
        named(probe, people.secretariat_host)
    assert refused.value.codes == ("EXP-01",)


@pytest.mark.usefixtures("scholar")
def test_neither_side_withdraws_for_the_other(probe: Probe, people: Cast, client: Client) -> None:
    expert = named(probe, people.secretariat_host)
    with pytest.raises(NotAllowed) as refused:
        withdraw_expert(expert=expert, reason="x", by=people.secretariat_japan)
    assert refused.value.codes == ("EXP-07",)
    client.force_login(people.secretariat_japan.user)
    answer = client.post(f"{page(probe)}{expert.pk}/withdraw/", {"reason": "x"})
    assert answer.status_code == 403
    assert "EXP-07" in answer.content.decode()
    assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"email": "nobody@example.org"}, "email", "EXP-02"),
        ({"last_on": date(2020, 1, 1)}, "last_on", "EXP-03"),
        ({"reason": "  "}, "reason", "EXP-06"),
        ({"organisation": " "}, "organisation", "EXP-09"),
    ],
)
def test_what_stands_against_it_is_told_at_its_field(
    changes: dict[str, Any], field: str, code: str, probe: Probe, people: Cast, scholar: User
) -> None:
    with pytest.raises(NotReady) as refused:
        named(probe, people.secretariat_host, **changes)
    assert [(one.code, one.field) for one in refused.value.problems] == [(code, field)]
    assert not Membership.objects.filter(user=scholar).exists()
    assert not Event.objects.filter(subject_type="expert").exists()


def test_an_account_that_was_closed_is_none(probe: Probe, people: Cast, scholar: User) -> None:
    scholar.is_active = False
    scholar.save(update_fields=["is_active"])
    with pytest.raises(NotReady) as refused:
        named(probe, people.secretariat_host)
    assert refused.value.codes == ("EXP-02",)


def test_nobody_is_named_who_has_a_part_in_the_file(probe: Probe, people: Cast) -> None:
    with pytest.raises(NotReady) as refused:
        named(probe, people.secretariat_host, email=people.participant_host.user.email)
    assert refused.value.codes == ("EXP-05",)


@pytest.mark.usefixtures("scholar")
def test_nobody_is_named_from_an_organisation_that_has_a_part_in_the_file(probe: Probe, people: Cast) -> None:
    house = people.participant_host.organisation
    type(house).objects.filter(pk=house.pk).update(side="")
    with pytest.raises(NotReady) as refused:
        named(probe, people.secretariat_host, organisation=house.name)
    assert [(one.code, one.field) for one in refused.value.problems] == [("EXP-05", "organisation")]


@pytest.mark.usefixtures("scholar")
def test_nobody_is_named_twice_by_one_side(probe: Probe, people: Cast) -> None:
    named(probe, people.secretariat_host)
    with pytest.raises(NotReady) as refused:
        named(probe, people.secretariat_host)
    assert refused.value.codes == ("EXP-04",)


def test_nobody_is_named_who_serves_the_other_side(probe: Probe, people: Cast) -> None:
    official = person("Japanese official", Role.AUTHORITY, organisation("Another ministry", Side.JAPAN), Side.JAPAN)
    with pytest.raises(NotReady) as refused:
        named(probe, people.secretariat_host, email=official.user.email)
    assert refused.value.codes == ("ACC-03",)
    assert not Expert.objects.exists()


@pytest.mark.usefixtures("scholar")
def test_a_withdrawal_needs_a_reason_and_somebody_in_force(probe: Probe, people: Cast) -> None:
    expert = named(probe, people.secretariat_host)
    refusals: list[tuple[str, type[Refusal], tuple[str, ...]]] = [
        (" ", NotReady, ("EXP-06",)), ("Done.", Refusal, ()), ("Again.", NotNow, ("EXP-08",)),
    ]  # fmt: skip
    for reason, kind, codes in refusals:
        if not codes:
            withdraw_expert(expert=expert, reason=reason, by=people.secretariat_host)
            continue
        with pytest.raises(kind) as refused:
            withdraw_expert(expert=expert, reason=reason, by=people.secretariat_host)
        assert refused.value.codes == codes
    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize("table", ["documents_expert", "documents_withdrawal"])
@pytest.mark.usefixtures("scholar")
def test_the_record_is_written_once(table: str, probe: Probe, people: Cast) -> None:
    withdraw_expert(expert=named(probe, people.secretariat_host), reason="Done.", by=people.secretariat_host)
    for change in (f"update {table} set reason = 'x'", f"delete from {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_the_database_asks_for_the_act(probe: Probe, people: Cast, scholar: User) -> None:
    held = Membership.objects.create(
        user=scholar, organisation=people.tpe.organisation, role="expert", side="host", starts_on=today()
    )
    with connection.cursor() as cursor:
        cursor.execute("set constraints documents_expert_by_act immediate")
    with pytest.raises(DatabaseError, match="has no act"), transaction.atomic():
        Expert.objects.create(
            membership=held, subject_type="probe", subject_id=probe.pk, side="host", number=1, reason="x",
            named_by=people.secretariat_host.pk, named_at=clock.now(), act_id="5f0c6bd5-8a5e-4c4d-9a53-0d7a2b1c3e4f",
        )  # fmt: skip


# --- The page -------------------------------------------------------------------------------------


def test_it_is_done_on_a_page(probe: Probe, people: Cast, scholar: User, client: Client) -> None:
    client.force_login(people.secretariat_host.user)
    empty = client.post(page(probe), {})
    assert empty.status_code == 422
    assert set(empty.context["form"].errors) == {"email", "organisation", "last_on", "reason"}
    day = today() + timedelta(days=9)
    sent = {
        "email": scholar.email, "organisation": "Institute", "reason": "Why so?",
        "last_on_day": day.day, "last_on_month": day.month, "last_on_year": day.year,
    }  # fmt: skip
    done = client.post(page(probe), sent, follow=True)
    assert "the expert is named and can read the confidential documents of this file" in done.content.decode()
    again = client.post(page(probe), sent)
    assert again.status_code == 422
    assert [one.code for one in again.context["form"].errors.as_data()["email"]] == ["EXP-04"]
    expert = Expert.objects.get()
    for sent in ({}, {"reason": "\0"}, {"reason": "x" * 4_001}):
        without = client.post(f"{page(probe)}{expert.pk}/withdraw/", sent)
        assert (without.status_code, "EXP-06" in without.content.decode()) == (422, True)
    ended = client.post(f"{page(probe)}{expert.pk}/withdraw/", {"reason": "Done."}, follow=True)
    assert "the expert is withdrawn and reads nothing more" in ended.content.decode()
    assert client.post(f"{page(probe)}999999/withdraw/", {"reason": "x"}).status_code == 404


def test_the_pages_have_their_budget(probe: Probe, version: DocumentVersion, people: Cast, scholar: User, client: Client) -> None:
    counts: dict[str, list[int]] = {}
    for _round in range(2):
        expert = named(probe, people.secretariat_host)
        for who, address in (
            (people.secretariat_host.user, page(probe)),
            (people.secretariat_host.user, f"/documents/{version.pk}/confidential/"),
            (scholar, page(probe)),
        ):
            client.force_login(who)
            if who == scholar:
                client.post("/accounts/acting/", {"membership": expert.membership_id})
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.setdefault(f"{who} {address}", []).append(len(asked))
        withdraw_expert(expert=expert, reason="Done.", by=people.secretariat_host)
    assert all(first == second <= 12 for first, second in counts.values()), counts
