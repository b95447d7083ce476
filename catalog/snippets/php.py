"""Renders a request as a PHP script with the curl extension."""

import json

from catalog.snippets import pictures
from catalog.snippets.call import Request
from catalog.snippets.language import Language
from catalog.snippets.literals import PHP, layout
from catalog.snippets.php_tasks import polling, saved
from catalog.snippets.pictures import saves_picture
from catalog.snippets.protocol import TIMEOUTS
from catalog.snippets.scalars import php_literal
from catalog.snippets.snippet import Reading, SiteSettings, Snippet
from catalog.snippets.timeouts import ANSWER, CONNECT

_PRINTED = """
$answer = curl_exec($curl);
if ($answer === false || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 400) {
    fwrite(STDERR, ($answer ?: curl_error($curl)) . PHP_EOL);
    exit(1);
}
echo $answer, PHP_EOL;
"""
_ARRIVING = """\
    CURLOPT_WRITEFUNCTION => function ($curl, $chunk) {
        $isError = curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 400;
        return fwrite($isError ? STDERR : STDOUT, $chunk);
    },
"""
_STREAMED = """
if (!curl_exec($curl) || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 400) {
    fwrite(STDERR, curl_error($curl) . PHP_EOL);
    exit(1);
}
"""
_CHECKED = """
function fail(string $message): never
{
    fwrite(STDERR, $message . PHP_EOL);
    exit(1);
}

function checked(CurlHandle $curl, string|bool $answer): string
{
    if ($answer === false || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 400) {
        fail($answer ?: curl_error($curl));
    }
    return $answer;
}
"""
_ONCE = """
// Every attempt has the same key: the second is answered as the first one was.
$bytes = random_bytes(16);
$bytes[6] = chr(ord($bytes[6]) & 0x0f | 0x40);
$bytes[8] = chr(ord($bytes[8]) & 0x3f | 0x80);
$key = vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
"""
_RETRY = """
for ($attempt = 0; $attempt < 3; $attempt++) {
    sleep(2 * $attempt);
    $answer = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    if ($answer !== false && $status !== 429 && $status < 500) {
        break;
    }
}
"""


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one script that prints the answer."""
    return Snippet(
        language="php",
        label="PHP",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=_script(request, site).rstrip(),
        install="sudo apt install php-cli php-curl",
        lexer="php",
    )


def _script(request: Request, site: SiteSettings) -> str:
    polls, saves = request.poll_path is not None, request.saved is not None
    reads = polls or saves or request.is_retried or saves_picture(request)
    answer = "checked($curl, $answer)" if request.is_retried else "checked($curl, curl_exec($curl))"
    ending = _STREAMED if request.is_streaming else _PRINTED
    if saves_picture(request):
        ending = pictures.PHP
    elif polls:
        ending = polling(request, site, answer)
    elif saves:
        ending = f"\n$result = json_decode({answer});\n{saved(request, 'result')}"
    elif reads:
        ending = f"\necho {answer}, PHP_EOL;\n"
    headers = "".join(
        f"        {php_literal(f'{name}: {value}')},\n" for name, value in request.headers.items()
    )
    timed = f"    CURLOPT_CONNECTTIMEOUT => {CONNECT},\n    CURLOPT_TIMEOUT => {ANSWER},\n"
    once = "        'Idempotency-Key: ' . $key,\n" if request.is_retried else ""
    return f"""\
<?php
{_CHECKED if reads else ""}
$url = {php_literal(site.url(request.address))};
$authorization = 'Authorization: Bearer ' . {_key(site)};
{PHP.attaching(request.body)}$body = {_body(request)};
{_ONCE if request.is_retried else ""}
$curl = curl_init($url);
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        $authorization,
{headers}{once}    ],
    CURLOPT_POSTFIELDS => {"$body" if request.uploads else "json_encode($body, JSON_THROW_ON_ERROR)"},
{_ARRIVING if request.is_streaming else "    CURLOPT_RETURNTRANSFER => true," + chr(10)}\
{timed if request.option == TIMEOUTS else ""}]);
{_RETRY if request.is_retried else ""}{ending}"""


def _body(request: Request) -> str:
    if not request.uploads:
        return _entries(
            {name: layout(value, PHP, depth=1, taken=len(name) + 6) for name, value in request.body.items()}
        )
    fields = {}
    for name, value in request.body.items():
        text = php_literal(value if isinstance(value, str) else json.dumps(value))
        fields[name] = f"new CURLFile({text})" if name in request.uploads else text
    return _entries(fields)


def _entries(written: dict[str, str]) -> str:
    entries = "".join(f"    {PHP.key(name)} => {value},\n" for name, value in written.items())
    return f"[\n{entries}]"


def _key(site: SiteSettings) -> str:
    return f"getenv('{site.api_key_env}')"


LANGUAGE = Language("php", render, Reading("getenv('VARIABLE')", "php"))
