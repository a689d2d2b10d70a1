from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicInputsConfig(AppConfig):
    name = "apps.public_inputs"
    label = "public_inputs"
    verbose_name = _("Public inputs")

    def ready(self) -> None:
        from apps.public_inputs.procedure import PROCEDURE  # reason: models load after the apps
        from apps.public_inputs.render import enclosures
        from apps.public_inputs.services import forget, send_letters
        from apps.workflow.registry import join_sweep, register
        from apps.workflow.render.enclosures import enclose

        register(PROCEDURE)
        enclose(enclosures)
        join_sweep("letters to commenters sent", send_letters)
        join_sweep("unconfirmed public inputs and traces of senders forgotten", forget)
