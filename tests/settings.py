"""The site's settings with the procedures of the tests, for pytest and the processes that a test starts."""

from jcm.settings import *  # noqa: F403 - a settings file continues another
from jcm.settings import INSTALLED_APPS as SITE

INSTALLED_APPS = [*SITE, "tests.probe", "tests.wheel"]
