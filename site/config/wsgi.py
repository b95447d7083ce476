"""The site's WSGI application."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from config.startup import start
from docs import library

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
start(serving=True)
# A broken page of the documentation stops the start, not a visitor.
library.shelf()
# With time limits: a hanging database must not hold threads.
settings.DATABASES["default"].update(settings.VISITORS_DATABASE)

application = WSGIHandler()
