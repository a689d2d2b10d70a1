from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    name = "apps.administration"
    label = "administration"
    verbose_name = _("Administration")
    default = True


class SiteConfig(admin_apps.AdminConfig):
    """Django's admin with a site of our own."""

    default = False
    default_site = "apps.administration.site.Site"
