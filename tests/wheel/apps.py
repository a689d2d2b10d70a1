from django.apps import AppConfig


class WheelConfig(AppConfig):
    name = "tests.wheel"
    label = "wheel"

    def ready(self) -> None:
        from apps.workflow.registry import register
        from tests.wheel.procedure import PROCEDURE

        register(PROCEDURE)
