"""What a decision about a probe rests on."""

from apps.workflow.render import Fact
from tests.probe.models import Probe


def facts(probe: Probe) -> list[Fact]:
    """The remark."""
    return [Fact("Remark", probe.remark)] if probe.remark else []
