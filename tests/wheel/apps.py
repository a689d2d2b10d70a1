from os import environ

from django.apps import AppConfig


class WheelConfig(AppConfig):
    name = "tests.wheel"
    label = "wheel"

    def ready(self) -> None:
        from apps.workflow.constraints import explain_constraint
        from apps.workflow.registry import register
        from tests.wheel.procedure import PROCEDURE
        from tests.wheel.rendezvous import subscribe

        register(PROCEDURE)
        if "JCM_TEST_RENDEZVOUS" in environ:
            subscribe()
        explain_constraint("wheel_weighs_no_thirteen", "WHL-04", "no wheel weighs thirteen")
        explain_constraint("wheel_is_calm", "WHL-05", "no wheel is scarlet")
