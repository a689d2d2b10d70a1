"""The sample site: India and Japan, a hundred and sixty days of work up to today, through real steps.

Only an information sheet, received before India's rules, is older.

Everything happens in one transaction: a sample site is there wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db.models import Count

from apps.accounts.models import Membership
from apps.accounts.roles import Role
from apps.core import clock
from apps.core.calendar import JST, legal_day
from apps.events.services import relay
from apps.rehearsal import india
from apps.rehearsal.acts.stage import OPENS_AT, Stage
from apps.rehearsal.people import DOMAIN, Players
from apps.rehearsal.sample_notes import FIRST_SHEET_ON
from apps.rehearsal.sample_scenes import FIRST_DAY, Sample, working_day
from apps.workflow.editions import INDIA_2026
from apps.workflow.services import one_transaction, sweep

PASSWORD = "sample-only-2026"  # noqa: S105 # reason: printed beside the log-ins of a site that says "Sample data" on every page

# One log-in per role and side is enough to try everything; of companies those with the most projects.
SHOWN = (
    Role.CO_CHAIR, Role.MEMBER, Role.ALTERNATE, Role.SECRETARIAT, Role.AUTHORITY, Role.GOVERNMENT, Role.REGISTRY,
    Role.PARTICIPANT, Role.TPE,
)  # fmt: skip


class TooEarly(RuntimeError):
    """The machine's clock stands too near to the day on which the rules came into force."""


def make_sample(tell: Callable[[str], None]) -> None:
    """Make the sample site; `tell` hears of the progress. Raises TooEarly before the rules are old enough.

    At its end the real clock takes over: what fell due since the last scene happens, and all is delivered.
    """
    today = legal_day(clock.now())
    start = working_day(today + timedelta(days=FIRST_DAY))
    if start < INDIA_2026.in_force_from:
        raise TooEarly(f"the sample needs {-FIRST_DAY} days of rules in force; they are since {INDIA_2026.in_force_from}")
    with one_transaction(), clock.rehearse(datetime.combine(FIRST_SHEET_ON, OPENS_AT, JST)) as rehearsal:
        players = Players(FIRST_SHEET_ON, make_password(PASSWORD))
        players.appoint(india.SEATS)
        Sample(Stage(players, rehearsal), today).play(tell)
    sweep()
    while relay():
        pass


def logins() -> Iterator[tuple[str, str]]:
    """The sample log-ins: what somebody is, and the e-mail address; the password is the same for all."""
    seen: set[tuple[str, str]] = set()
    order = {role.value: place for place, role in enumerate(SHOWN)}
    found = Membership.objects.filter(user__email__endswith=f"@{DOMAIN}").select_related("user", "organisation")
    people = found.annotate(projects=Count("organisation__participations")).order_by("-projects", "id")
    for one in sorted(people, key=lambda one: order[one.role]):
        side = one.side or one.organisation.side
        if (one.role, side) not in seen:
            seen.add((one.role, side))
            yield one.user.name, one.user.email
