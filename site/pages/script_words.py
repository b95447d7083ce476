"""Messages of scripts in the site's language."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from catalog.text.language import say

SOURCE = "en"
_SAID = re.compile(r"""(?<![.\w])say\(\s*"((?:[^"\\]|\\.)+)\"""")


def script_words() -> dict[str, str]:
    """Return each message with its translation; none in English."""
    if get_language() == SOURCE:
        return {}
    return {text: translation for text in texts() if (translation := say(text)) != text}


@cache  # files do not change while the site runs
def texts() -> tuple[str, ...]:
    """Return the scripts' messages, as `make messages` collects them."""
    scripts = sorted((Path(settings.REPOSITORY) / "static/js").glob("*.js"))
    messages = (text for path in scripts for text in _SAID.findall(path.read_text(encoding="utf-8")))
    return tuple(dict.fromkeys(messages))
