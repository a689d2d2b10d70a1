from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProbeConfig(AppConfig):
    name = "tests.probe"
    label = "probe"

    def ready(self) -> None:
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register
        from tests.probe.procedure import PROCEDURE

        register(PROCEDURE)
        explain_constraint("probe_tonnes_in_bounds", "PRB-03", _("a probe holds at most one million tonnes"))
        explain_constraint("probe_colour_is_calm", "PRB-04", _("a probe is never scarlet"))
