from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "apps.workflow"
    label = "workflow"

    def ready(self) -> None:
        from apps.workflow import handlers, system_checks  # noqa: F401 # reason: registers itself once all apps are loaded
