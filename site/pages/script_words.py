"""The messages of scripts in the site's language: pages pass them on where that is not English."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

from catalog.text.language import say

SOURCE = "en"
_SAID = re.compile(r"""(?<![.\w])say\(\s*"((?:[^"\\]|\\.)+)\"""")


def script_words() -> dict[str, str]:
    """Return each message of the scripts with its translation; none in English."""
    if get_language() == SOURCE:
        return {}
    return {text: translation for text in texts() if (translation := say(text)) != text}


@cache
def texts() -> tuple[str, ...]:
    """Return the messages of the scripts: the same that `make messages` collects."""
    scripts = sorted((Path(settings.REPOSITORY) / "static/js").glob("*.js"))
    messages = (text for path in scripts for text in _SAID.findall(path.read_text(encoding="utf-8")))
    return tuple(dict.fromkeys(messages))
