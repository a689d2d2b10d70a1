from functools import partial

from django.apps import AppConfig

# Of each minute's sweep, in seconds: the rest of a day's round waits for the next.
HASHING = 5.0


class WorkflowConfig(AppConfig):
    name = "apps.workflow"
    label = "workflow"

    def ready(self) -> None:
        from apps.documents.services import forget_uploads, scan_what_waits, take_stock
        from apps.workflow import handlers, system_checks  # noqa: F401 # reason: registers itself once all apps are loaded
        from apps.workflow.registry import join_sweep

        join_sweep("documents scanned", scan_what_waits)
        join_sweep("uploads forgotten", forget_uploads)
        join_sweep("documents hashed again", partial(take_stock, HASHING))
