from django.apps import AppConfig


class BenchConfig(AppConfig):
    name = "tests.bench"
    label = "bench"

    def ready(self) -> None:
        from django_fsm.signals import post_transition, pre_transition
        from django_fsm_log.backends import SimpleBackend

        from apps.workflow.registry import register
        from tests.bench.models import Logged
        from tests.bench.procedure import PROCEDURE, WATCHED
        from tests.bench.subscribers import subscribe

        register(PROCEDURE)
        register(WATCHED)
        subscribe()
        # django-fsm-log hears every transition of the process; here it shall hear one model's alone.
        pre_transition.disconnect(SimpleBackend.pre_transition_callback)
        post_transition.disconnect(SimpleBackend.post_transition_callback)
        post_transition.connect(SimpleBackend.post_transition_callback, sender=Logged)
