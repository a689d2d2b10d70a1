"""The WSGI entry point."""

import os

from django.core.handlers.base import BaseHandler
from django.core.wsgi import get_wsgi_application

from jcm import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jcm.settings")
embedded.start_missing()

application: BaseHandler = get_wsgi_application()
