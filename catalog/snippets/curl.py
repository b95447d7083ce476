"""Renders a request as a cURL command for bash."""

import json
import re
import shlex

from catalog.snippets.language import Language
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.snippet import Reading, SiteSettings, Snippet

_PLAIN = re.compile(r"[A-Za-z0-9:/._~%-]*")
_QUIET = "curl --fail-with-body --silent --show-error"


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one call; tasks are created, then polled with jq."""
    polls = request.poll_path is not None
    return Snippet(
        language="curl",
        label="cURL",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=_task(request, site) if polls else _call(request, site, "curl --fail-with-body"),
        install=_install(request),
        lexer="bash",
    )


def _install(request: Request) -> str:
    packages = ["jq"] * (request.poll_path is not None) + ["uuid-runtime"] * request.is_retried
    return f"sudo apt install {' '.join(packages)}" if packages else ""


def _call(request: Request, site: SiteSettings, command: str) -> str:
    flags = " --no-buffer" * request.is_streaming + " --retry 2 --retry-all-errors" * request.is_retried
    lines = [f"{command}{flags} {shlex.quote(site.url(request.address))}"]
    lines.append(f'--header "Authorization: Bearer ${site.api_key_env}"')
    if request.is_retried:  # curl makes one key for all its attempts
        lines.append('--header "Idempotency-Key: $(uuidgen)"')
    lines += [f"--header {_double_quoted(f'{name}: {value}')}" for name, value in request.headers.items()]
    if request.uploads:
        lines += [
            _field(name, value, is_file=name in request.uploads) for name, value in request.body.items()
        ]
    else:
        lines.append(f"--data-raw {shlex.quote(json.dumps(request.body, indent=2, allow_nan=False))}")
    return " \\\n  ".join(lines)


def _field(name: str, value: object, *, is_file: bool) -> str:
    if is_file:
        return f"--form {shlex.quote(f'{name}=@{value}')}"
    text = value if isinstance(value, str) else json.dumps(value)
    return f"--form-string {shlex.quote(f'{name}={text}')}"


def _task(request: Request, site: SiteSettings) -> str:
    # The last test makes a script fail where no task was created.
    return f"""\
task=$({_call(request, site, _QUIET)})
task_id=$(jq --raw-output '.id // empty' <<<"$task")

while [ "$task_id" ] && sleep 2; do
  task=$({_QUIET} {_task_url(request, site)} \\
    --header "Authorization: Bearer ${site.api_key_env}") || break
  case $(jq --raw-output .status <<<"$task") in
    pending | processing) ;;
    *) break ;;
  esac
done
jq . <<<"$task" && [ "$task_id" ]"""


def _task_url(request: Request, site: SiteSettings) -> str:
    before, _, after = site.url(request.poll_path or "").partition(TASK_ID)
    if _PLAIN.fullmatch(before + after):
        return f'"{before}${{task_id}}{after}"' if after else f'"{before}$task_id"'
    return f'{shlex.quote(before)}"$task_id"{shlex.quote(after) if after else ""}'


def _double_quoted(text: str) -> str:
    """Quote for bash, in double quotes if nothing is special there."""
    return shlex.quote(text) if re.search(r"[^A-Za-z0-9 :/;=._-]", text) else f'"{text}"'


_READING = Reading('"Authorization: Bearer $VARIABLE"', "bash", before="Authorization: Bearer ")
LANGUAGE = Language("curl", render, _READING)
