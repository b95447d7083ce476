"""The site's WSGI application."""

import os
from importlib import import_module

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from config.startup import start

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
start(serving=True)
# A fault in a page of the documentation or in a class of the admin stops the start, not a visitor.
import_module(settings.ROOT_URLCONF)
import_module("docs.library").shelf()
# With time limits: a hanging database must not hold threads.
settings.DATABASES["default"].update(settings.VISITORS_DATABASE)

application = WSGIHandler()
