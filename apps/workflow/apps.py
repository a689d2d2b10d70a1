from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "apps.workflow"
    label = "workflow"

    def ready(self) -> None:
        from apps.documents.services import scan_what_waits
        from apps.workflow import handlers, system_checks  # noqa: F401 # reason: registers itself once all apps are loaded
        from apps.workflow.registry import join_sweep

        join_sweep("documents scanned", scan_what_waits)
