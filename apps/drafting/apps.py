from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DraftingConfig(AppConfig):
    name = "apps.drafting"
    label = "drafting"
    verbose_name = _("Official forms filled in on the site")

    def ready(self) -> None:
        from apps.drafting.asking import answers_for  # reason: reads models, which load after the apps
        from apps.drafting.pages import address_of
        from apps.workflow.registry import offer_answers, offer_drafting

        offer_drafting(address_of)
        offer_answers(answers_for)
