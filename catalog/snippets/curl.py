"""Renders a request as a cURL command for bash."""

import json
import re
import shlex
from textwrap import indent

from catalog.snippets import pictures
from catalog.snippets.call import PATIENCE, TASK_ID, Request
from catalog.snippets.language import Language
from catalog.snippets.pictures import saves_picture
from catalog.snippets.protocol import TIMEOUTS
from catalog.snippets.snippet import Reading, SiteSettings, Snippet
from catalog.snippets.timeouts import ANSWER, CONNECT, RETRIES

_PLAIN = re.compile(r"[A-Za-z0-9:/._~%-]*")
_QUIET = "curl --fail-with-body --silent --show-error"


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one call; tasks are created, then polled with jq."""
    if request.poll_path is not None:
        code = _task(request, site)
    elif saves_picture(request):
        code = f"result=$({_call(request, site, _QUIET)}) &&\n{pictures.CURL}"
    elif request.saved:
        refused = '|| { echo "$result" >&2; false; } &&'
        code = f"result=$({_call(request, site, _QUIET)}) {refused}\n{_saved(request, 'result')}"
    else:
        code = _call(request, site, "curl --fail-with-body")
    return Snippet(
        language="curl",
        label="cURL",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=code,
        install=_install(request),
        lexer="bash",
    )


def _install(request: Request) -> str:
    reads = request.poll_path is not None or request.saved is not None or saves_picture(request)
    packages = ["jq"] * reads + ["uuid-runtime"] * request.is_retried
    return f"sudo apt install {' '.join(packages)}" if packages else ""


def _call(request: Request, site: SiteSettings, command: str) -> str:
    flags = " --no-buffer" * request.is_streaming + " --retry 2 --retry-all-errors" * request.is_retried
    if request.option == TIMEOUTS:
        flags += f" --connect-timeout {CONNECT} --max-time {ANSWER} --retry {RETRIES}"
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
        lines.append(_data(request))
    return " \\\n  ".join(lines)


def _data(request: Request) -> str:
    text = shlex.quote(json.dumps(request.body, indent=2, allow_nan=False))
    if not request.attached:
        return f"--data-raw {text}"
    for each in request.attached:
        text = text.replace(each.base64, f"""'"$(base64 <{each.file} | tr -d '\\n')"'""")
    # An argument may not be as long as a file.
    return f"--data-binary @- <<<{text}"


def _field(name: str, value: object, *, is_file: bool) -> str:
    if is_file:
        return f"--form {shlex.quote(f'{name}=@{value}')}"
    text = value if isinstance(value, str) else json.dumps(value)
    return f"--form-string {shlex.quote(f'{name}={text}')}"


def _task(request: Request, site: SiteSettings) -> str:
    return f"""\
task=$({_call(request, site, _QUIET)})
task_id=$(jq --raw-output '.id // empty' <<<"$task")

deadline=$((SECONDS + {PATIENCE} * 60)) status=pending
while [ "$task_id" ] && [ $SECONDS -lt $deadline ] && sleep 2; do
  task=$(curl --fail --silent --show-error --retry 3 {_task_url(request, site)} \\
    --header "Authorization: Bearer ${site.api_key_env}") || break
  status=$(jq --raw-output .status <<<"$task")
  case $status in
    pending | processing) ;;
    *) break ;;
  esac
done

case $status in
  completed | success)
{indent(_saved(request, "task"), "    ")}
    ;;
  *)
    echo "The task has not completed: $task" >&2
    false
    ;;
esac"""


def _saved(request: Request, result: str) -> str:
    if (files := request.saved) is None:
        return f'jq . <<<"${result}"'
    return f"""\
jq --raw-output '.{files.key}[].{files.url}' <<<"${result}" | while read -r url; do
  name=output-$((++number)){files.ending}
  curl --fail --silent --show-error --location --output $name "$url" && echo "Saved $name"
done"""


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
