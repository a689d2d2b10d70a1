"""Whose move it is: in a list with the mark of a side, and in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.accounts.render import side_name
from apps.accounts.roles import Capacity, Role, Side
from apps.core.sentences import all_of
from apps.workflow.table import Step

# Role -> (its name within a sentence, the sentence that says that it is its move); for a role of one side with the country.
ANY_SIDE = {
    Role.PARTICIPANT: (gettext_lazy("the project participants"), gettext_lazy("It is the project participants’ move.")),
    Role.FOCAL_POINT: (gettext_lazy("the focal point"), gettext_lazy("It is the focal point’s move.")),
    Role.TPE: (gettext_lazy("the third-party entity"), gettext_lazy("It is the third-party entity’s move.")),
    Role.SECRETARIAT: (gettext_lazy("the secretariat"), gettext_lazy("It is the secretariat’s move.")),
    Role.COMMITTEE: (gettext_lazy("the Joint Committee"), gettext_lazy("It is the Joint Committee’s move.")),
    Role.GOVERNMENT: (gettext_lazy("both Governments"), gettext_lazy("It is both Governments’ move.")),
    Role.REGISTRY: (gettext_lazy("both registry officers"), gettext_lazy("It is both registry officers’ move.")),
}
ONE_SIDE = {
    Role.GOVERNMENT: (
        gettext_lazy("the Government of %(country)s"),
        gettext_lazy("It is the Government of %(country)s’s move."),
    ),
    Role.REGISTRY: (
        gettext_lazy("%(country)s’s registry officer"),
        gettext_lazy("It is the move of %(country)s’s registry officer."),
    ),
}


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who is awaited; `side` is empty for those of either side, or where both are awaited."""

    role: Role
    side: str

    @property
    def label(self) -> str:
        """As a list names them."""
        if self.role == Role.CLOCK:
            return _("Nobody; it ends by itself")
        return _("Project participants") if self.role == Role.PARTICIPANT else str(self.role.label)

    @property
    def name(self) -> str:
        """As a sentence names them."""
        return self._words()[0]

    @property
    def sentence(self) -> str:
        """That it is their move."""
        return self._words()[1]

    def _words(self) -> tuple[str, str]:
        if self.role == Role.CLOCK:
            return _("nobody"), _("Nobody has to act; it ends by itself.")
        if self.side:
            name, sentence = (str(text) % {"country": side_name(self.side)} for text in ONE_SIDE[self.role])
            return name, sentence
        name, sentence = map(str, ANY_SIDE[self.role])
        return name, sentence


def mover_name(role: Role, side: Side | None) -> str:
    """Whoever a list can be narrowed to as being awaited, with the country of a role of one side."""
    name = Mover(role, "").label
    return _("%(role)s, %(country)s") % {"role": name, "country": side_name(side)} if side else name


def movers(moves: Iterable[Step]) -> list[Mover]:
    """Who is awaited, each once. The focal point is one of the participants; what the rule does by itself awaits nobody."""
    capacities = list(dict.fromkeys(capacity for row in moves for capacity in row.who))
    roles = list(dict.fromkeys(capacity.role for capacity in capacities))
    if Role.PARTICIPANT in roles and Role.FOCAL_POINT in roles:
        roles.remove(Role.FOCAL_POINT)
    people = [role for role in roles if role != Role.CLOCK]
    return [Mover(role, _side(capacities, role)) for role in people or roles]


def _side(capacities: Iterable[Capacity], role: Role) -> str:
    """The one side whose move it is; empty for either side or both."""
    sides = {capacity.side for capacity in capacities if capacity.role == role}
    (side,) = sides if len(sides) == 1 else (None,)
    return side.value if isinstance(side, Side) else ""


def whose_move(found: list[Mover]) -> str:
    """The sentence that says whose move it is; empty when nobody is awaited."""
    if len(found) > 1:
        return _("It is the move of %(who)s.") % {"who": all_of(one.name for one in found)}
    return found[0].sentence if found else ""
