"""Appointments are added and given an end; nobody serves both sides at one time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import Role, Side
from apps.accounts.services import appoint, end_appointment
from apps.administration.models import Amendment
from apps.core import clock
from apps.core.errors import NotReady
from tests.people import PASSWORD, organisation, person

NOON = datetime(2027, 3, 15, 3, tzinfo=UTC)  # 15 March 2027, noon in Japan
MEMBERSHIPS = "/admin/accounts/membership/"
WHY = "A letter of 1 March."

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> Membership:
    return person("Indian member", Role.MEMBER, organisation("Ministry of India", Side.HOST), Side.HOST)


def draft(held: Membership, **changes: Any) -> Membership:
    fields = {"user": held.user, "organisation": held.organisation, "role": Role.MEMBER, "side": Side.HOST,
              "starts_on": date(2027, 3, 15), "ends_on": None, **changes}  # fmt: skip
    return Membership(**fields)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"side": ""}, "ACC-01", "side"),
        ({"ends_on": date(2027, 3, 14)}, "ACC-02", "ends_on"),
        ({"side": Side.JAPAN}, "ACC-03", "side"),
        ({"side": Side.JAPAN, "starts_on": date(2040, 1, 1)}, "ACC-03", "side"),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(changes: dict[str, Any], code: str, field: str, held: Membership) -> None:
    with pytest.raises(NotReady) as refusal:
        appoint(draft(held, **changes))
    assert [(one.code, one.field) for one in refusal.value.problems] == [(code, field)]
    assert Membership.objects.get() == held


def test_sides_may_follow_each_other_with_no_day_in_common(held: Membership) -> None:
    with clock.rehearse(NOON):
        end_appointment(held, ends_on=date(2027, 3, 31))
        with pytest.raises(NotReady):
            appoint(draft(held, side=Side.JAPAN, starts_on=date(2027, 3, 31)))
        later = appoint(draft(held, side=Side.JAPAN, starts_on=date(2027, 4, 1)))
        with pytest.raises(NotReady) as refusal:
            end_appointment(held, ends_on=None)
    assert refusal.value.codes == ("ACC-03",)
    assert Membership.objects.get(pk=held.pk).ends_on == date(2027, 3, 31)
    assert later.side == "japan"


@pytest.mark.parametrize(("last_day", "code"), [(date(2027, 3, 14), "ACC-05"), (date(2013, 1, 1), "ACC-05")])
def test_an_end_does_not_lie_in_the_past(last_day: date, code: str, held: Membership) -> None:
    with clock.rehearse(NOON), pytest.raises(NotReady) as refusal:
        end_appointment(held, ends_on=last_day)
    assert refusal.value.codes == (code,)
    assert Membership.objects.get().ends_on is None


def test_an_end_may_be_moved_until_it_has_passed(held: Membership) -> None:
    with clock.rehearse(NOON) as time:
        end_appointment(held, ends_on=date(2027, 3, 20))
        end_appointment(held, ends_on=date(2027, 3, 15))
        assert Membership.objects.get().ends_on == date(2027, 3, 15)
        time.move_to(datetime(2027, 3, 15, 15, tzinfo=UTC))
        with pytest.raises(NotReady) as refusal:
            end_appointment(held, ends_on=date(2027, 12, 31))
    assert refusal.value.codes == ("ACC-04",)


@pytest.mark.django_db(transaction=True)
def test_two_sides_at_once_give_one_appointment() -> None:
    user = User.objects.create_user("both@example.org", name="Both")
    of = organisation("Ministry")
    start = Barrier(2)

    def race(side: Side) -> str:
        try:
            start.wait(timeout=30)
            appoint(Membership(user=user, organisation=of, role=Role.MEMBER, side=side, starts_on=date(2027, 1, 1)))
        except NotReady as refusal:
            return refusal.codes[0]
        else:
            return "appointed"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(race, Side))
    assert outcomes == ["ACC-03", "appointed"]
    assert Membership.objects.count() == 1


# --- In the admin ---------------------------------------------------------------------------------


@pytest.fixture
def root(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@example.org", "a long pass phrase", name="Root"))
    return client


def test_the_admin_is_entered_through_the_log_in_of_the_site(client: Client) -> None:
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=/admin/"


def test_an_appointment_is_made_in_the_admin(root: Client, held: Membership) -> None:
    form = {"user": held.user_id, "organisation": held.organisation_id, "role": "secretariat", "side": "host",
            "starts_on": "2027-03-15", "reason": WHY}  # fmt: skip
    assert root.post(f"{MEMBERSHIPS}add/", form).status_code == 302
    made = Membership.objects.exclude(pk=held.pk).get()
    assert (made.role, made.side, made.starts_on, made.ends_on) == ("secretariat", "host", date(2027, 3, 15), None)
    kept = Amendment.objects.get()
    assert (kept.model, kept.row_id, kept.reason, kept.after["role"]) == ("accounts.membership", made.pk, WHY, "secretariat")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"side": ""}, "side", "ACC-01"),
        ({"side": "japan"}, "side", "ACC-03"),
        ({"ends_on": "2020-01-01"}, "ends_on", "ACC-02"),
        ({"starts_on": "yesterday"}, "starts_on", "Enter a valid date"),
        ({"user": "0"}, "user", "Select a valid choice"),
    ],
)
def test_a_wrong_appointment_is_told_at_its_field(
    changes: dict[str, str], field: str, code: str, root: Client, held: Membership
) -> None:
    form = {"user": held.user_id, "organisation": held.organisation_id, "role": "member", "side": "host",
            "starts_on": "2027-03-15", "reason": WHY, **changes}  # fmt: skip
    response = root.post(f"{MEMBERSHIPS}add/", form)
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert list(errors) == [field]
    assert code in errors[field][0]
    assert Membership.objects.get() == held


def test_only_the_end_of_an_appointment_can_be_changed(root: Client, held: Membership) -> None:
    address = f"{MEMBERSHIPS}{held.pk}/change/"
    assert root.post(address, {"role": "co_chair", "side": "japan", "ends_on": "2999-12-31", "reason": WHY}).status_code == 302
    held.refresh_from_db()
    assert (held.role, held.side, held.ends_on) == ("member", "host", date(2999, 12, 31))
    response = root.post(address, {"ends_on": "2020-01-01", "reason": WHY})
    assert "ACC-05" in response.context["adminform"].form.errors["ends_on"][0]


def test_an_end_that_has_passed_is_fixed(root: Client, held: Membership) -> None:
    Membership.objects.update(ends_on=date(2020, 1, 1))
    root.post(f"{MEMBERSHIPS}{held.pk}/change/", {"ends_on": ""})
    assert Membership.objects.get().ends_on == date(2020, 1, 1)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("model", [User, Organisation, Membership])
def test_nobody_is_deleted(model: Any, root: Client) -> None:
    pk = model.objects.first().pk
    name = model._meta.model_name
    assert root.post(f"/admin/accounts/{name}/{pk}/delete/", {"post": "yes"}).status_code == 403
    listed = root.post(f"/admin/accounts/{name}/", {"action": "delete_selected", "_selected_action": [pk], "post": "yes"})
    assert listed.status_code == 200, "there is no such action"
    assert model.objects.filter(pk=pk).exists()


def test_a_user_is_made_and_changed_by_e_mail_address(root: Client) -> None:
    form = {"email": "new@example.org", "name": "New", "language": "ja", "usable_password": "false", "reason": WHY}
    assert root.post("/admin/accounts/user/add/", form).status_code == 302
    made = User.objects.get(email="new@example.org")
    assert (made.has_usable_password(), made.is_staff, made.language) == (False, False, "ja")
    again = root.post("/admin/accounts/user/add/", {**form, "email": "NEW@example.org"})
    assert again.context["adminform"].form.non_field_errors() == ["This e-mail address is taken."]
    address = f"/admin/accounts/user/{made.pk}/change/"
    assert root.post(address, {"email": "new@example.org", "name": "Renamed", "language": "ja", "reason": WHY}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.is_active) == ("Renamed", False)


def test_staff_who_are_no_superusers_give_nobody_power_and_set_no_password(client: Client, held: Membership) -> None:
    staff = User.objects.create_user("staff@example.org", "a long pass phrase", name="Staff", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client.force_login(staff)
    address = f"/admin/accounts/user/{staff.pk}"
    form = {"email": staff.email, "name": "Staff", "language": "en", "is_active": "on", "is_superuser": "on", "reason": WHY}
    assert client.post(f"{address}/change/", form).status_code == 302
    staff.refresh_from_db()
    assert (staff.is_active, staff.is_superuser, staff.is_staff) == (True, False, True)
    new = {"usable_password": "true", "password1": "another long phrase", "password2": "another long phrase"}
    assert client.post(f"/admin/accounts/user/{held.user_id}/password/", new).status_code == 403
    assert User.objects.get(pk=held.user_id).check_password(PASSWORD), "the one that was there"
