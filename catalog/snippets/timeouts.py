"""How long a call may take, and how often clients try it again, in the words of SDKs."""

from catalog.snippets.call import Request
from catalog.snippets.protocol import TIMEOUTS

CONNECT = 10
ANSWER = 60
RETRIES = 3


def python_client(request: Request) -> str:
    """Return further arguments of an Anthropic or OpenAI client in Python."""
    is_timed = request.option == TIMEOUTS
    return f"    timeout={ANSWER},\n    max_retries={RETRIES},\n" if is_timed else ""


def javascript_client(request: Request) -> str:
    """Return further options of an Anthropic or OpenAI client in JavaScript."""
    is_timed = request.option == TIMEOUTS
    return f"  timeout: {ANSWER}_000,\n  maxRetries: {RETRIES},\n" if is_timed else ""


def gemini_python(request: Request, base: str, version: str) -> str:
    """Return the HTTP options of Google's client in Python."""
    if request.option != TIMEOUTS:
        return f'{{"base_url": {base}, "api_version": {version}}}'
    # Google counts attempts, the first one too.
    return f"""\
{{
        "base_url": {base},
        "api_version": {version},
        "timeout": {ANSWER}_000,
        "retry_options": {{"attempts": {RETRIES + 1}}},
    }}"""


def gemini_javascript(request: Request, base: str, version: str) -> str:
    """Return the HTTP options of Google's client in JavaScript."""
    if request.option != TIMEOUTS:
        return f"{{ baseUrl: {base}, apiVersion: {version} }}"
    return f"""\
{{
    baseUrl: {base},
    apiVersion: {version},
    timeout: {ANSWER}_000,
    retryOptions: {{ attempts: {RETRIES + 1} }},
  }}"""
