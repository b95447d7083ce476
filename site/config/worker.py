"""The WSGI application for the workers of `manage.py serve`, which end with their server.

Other servers use `config.wsgi`.
"""

import os
import signal

from config.under_supervisor import SERVER, end_with

# A forked worker inherits handlers of the server that only take a note. Until it has its own, a signal is to
# end it; otherwise one that arrives during the start is lost, and the worker lives on.
for number in (signal.SIGTERM, signal.SIGINT):
    signal.signal(number, signal.SIG_DFL)
end_with(int(os.environ[SERVER]))

from config.wsgi import application  # noqa: E402 - ending comes first

__all__ = ["application"]
