"""The site's settings with the files that the benchmark moves."""

from jcm.settings import *  # noqa: F403 - a settings file continues another
from jcm.settings import INSTALLED_APPS as SITE

INSTALLED_APPS = [*SITE, "django_fsm_log", "tests.bench"]
SILENCED_SYSTEM_CHECKS = ["auth.E003", "models.W042"]
