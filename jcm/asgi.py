"""The ASGI entry point."""

import os

from django.core.asgi import get_asgi_application
from django.core.handlers.base import BaseHandler

from jcm import embedded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jcm.settings")
embedded.start_missing()

application: BaseHandler = get_asgi_application()
