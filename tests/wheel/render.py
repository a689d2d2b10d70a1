"""What a decision about a wheel rests on."""

from apps.workflow.render import Fact
from tests.wheel.models import Wheel


def facts(wheel: Wheel) -> list[Fact]:  # noqa: ARG001 - every app's function takes the file
    """Nothing."""
    return []
