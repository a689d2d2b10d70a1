"""What is known of people and organisations before they are edited."""

from __future__ import annotations

from apps.accounts.models import Membership, Organisation, User
from apps.accounts.roles import OF_COMMITTEE
from apps.accounts.selectors import in_force
from apps.core import clock
from apps.projects.models import Participant
from apps.third_party_entities.models import ThirdPartyEntity


def sides_of(person: User) -> set[str]:
    """The sides that a person serves or served: by their appointments, and by the organisations that they are for."""
    found = Membership.objects.filter(user=person.pk).order_by().values_list("side", "organisation__side").distinct()
    return {side for pair in found for side in pair if side}


def holds_an_office(person: User) -> bool:
    """Whether a person holds an office of the committee today."""
    roles = [one.value for one in OF_COMMITTEE]
    return Membership.objects.filter(in_force(clock.today()), user=person.pk, role__in=roles).exists()


def is_named_in_files(organisation: Organisation) -> bool:
    """Whether a file names an organisation as a third-party entity or as a participant of a project."""
    entity = ThirdPartyEntity.objects.filter(organisation=organisation.pk)
    return entity.exists() or Participant.objects.filter(organisation=organisation.pk).exists()
