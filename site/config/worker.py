"""WSGI application of `manage.py serve`'s workers; other servers use `config.wsgi`."""

import os

from config.under_supervisor import SERVER_PID, end_with

end_with(int(os.environ[SERVER_PID]))

from config.body_limit import BodyLimit  # noqa: E402 - ending comes first
from config.database_slots import places  # noqa: E402
from config.processes import BODIES, DATABASE_PLACES  # noqa: E402
from config.wsgi import application as site  # noqa: E402

places.limit(DATABASE_PLACES)
application = BodyLimit(site, at_once=BODIES)
