"""A subscriber on this machine, which the setting allows."""

import pytest

from receiver import receiving


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    with receiving() as found:
        yield found
