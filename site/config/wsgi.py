"""The WSGI application that the server runs."""

import os

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from config.startup import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
start(serving=True)
settings.DATABASES["default"].update(settings.VISITORS_DATABASE)

application = WSGIHandler()
