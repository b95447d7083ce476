"""Renders a request as a PHP script with the curl extension."""

import json

from catalog.snippets.language import Language
from catalog.snippets.literals import PHP, layout, php_literal
from catalog.snippets.request import TASK_ID, Request
from catalog.snippets.snippet import Reading, SiteSettings, Snippet

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
function checked(CurlHandle $curl, string|bool $answer): string
{
    if ($answer === false || curl_getinfo($curl, CURLINFO_RESPONSE_CODE) >= 400) {
        fwrite(STDERR, ($answer ?: curl_error($curl)) . PHP_EOL);
        exit(1);
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
    polls, reads = request.poll_path is not None, request.poll_path is not None or request.is_retried
    answer = "checked($curl, $answer)" if request.is_retried else "checked($curl, curl_exec($curl))"
    ending = _STREAMED if request.is_streaming else _PRINTED
    if reads:
        ending = _polling(request, site, answer) if polls else f"\necho {answer}, PHP_EOL;\n"
    headers = "".join(
        f"        {php_literal(f'{name}: {value}')},\n" for name, value in request.headers.items()
    )
    once = "        'Idempotency-Key: ' . $key,\n" if request.is_retried else ""
    return f"""\
<?php
{_CHECKED if reads else ""}
$url = {php_literal(site.url(request.address))};
$authorization = 'Authorization: Bearer ' . {_key(site)};
$body = {_body(request)};
{_ONCE if request.is_retried else ""}
$curl = curl_init($url);
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => [
        $authorization,
{headers}{once}    ],
    CURLOPT_POSTFIELDS => {"$body" if request.uploads else "json_encode($body, JSON_THROW_ON_ERROR)"},
{_ARRIVING if request.is_streaming else "    CURLOPT_RETURNTRANSFER => true," + chr(10)}]);
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


def _polling(request: Request, site: SiteSettings, answer: str) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = '"$url/$id"'
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{php_literal(site.url(before))} . $id" + (f" . {php_literal(after)}" if after else "")
    return f"""
$id = json_decode({answer})->id;

do {{
    sleep(2);
    $curl = curl_init({address});
    curl_setopt_array($curl, [
        CURLOPT_HTTPHEADER => [$authorization],
        CURLOPT_RETURNTRANSFER => true,
    ]);
    $answer = checked($curl, curl_exec($curl));
}} while (in_array(json_decode($answer)->status, ['pending', 'processing']));
echo $answer, PHP_EOL;
"""


def _key(site: SiteSettings) -> str:
    return f"getenv('{site.api_key_env}')"


LANGUAGE = Language("php", render, Reading("getenv('VARIABLE')", "php"))
