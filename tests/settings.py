"""The site's settings with the procedures of the tests, for pytest and the processes that a test starts."""

from jcm.settings import *  # noqa: F403 - a settings file continues another
from jcm.settings import APPLICATION
from jcm.settings import INSTALLED_APPS as SITE
from jcm.settings import PASSWORD_HASHERS as HASHERS

INSTALLED_APPS = [*SITE, "tests.probe", "tests.wheel"]
PASSWORD_HASHERS = ["tests.hashing.LightArgon2", *HASHERS[1:]]

# A machine busy with other tests is no fault: what the site gives up after seconds may take its time here.
PATIENT = {"options": "-c lock_timeout=60s -c statement_timeout=60s"}
APPLICATION = {**APPLICATION, "OPTIONS": {**APPLICATION["OPTIONS"], **PATIENT}}
