"""Renders a request as a Go program with the standard library."""

import json

from catalog.snippets import pictures
from catalog.snippets.call import Request
from catalog.snippets.go_tasks import polling, result, saved
from catalog.snippets.language import Language
from catalog.snippets.literals import go_json
from catalog.snippets.pictures import saves_picture
from catalog.snippets.protocol import TIMEOUTS
from catalog.snippets.scalars import go_text
from catalog.snippets.snippet import Reading, SiteSettings, Snippet

_READ = """
// read gives the body of an answer, or ends the program with what went wrong.
func read(response *http.Response, err error) []byte {
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	if response.StatusCode >= 400 {
		log.Fatalf("%s: %s", response.Status, answer)
	}
	return answer
}
"""
_ENCODED = """
// encoded gives the base64 of a file.
func encoded(name string) string {
	content, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(content)
}
"""
_RETRY = """
	// Every attempt has the same key: the second is answered as the first one was.
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		log.Fatal(err)
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	key := fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
	request.Header.Set("Idempotency-Key", key)

	var response *http.Response
	for attempt := 0; attempt < 3; attempt++ {
		time.Sleep(time.Duration(2*attempt) * time.Second)
		request.Body, _ = request.GetBody()
		response, err = http.DefaultClient.Do(request)
		if err == nil && response.StatusCode != 429 && response.StatusCode < 500 {
			break
		}
	}
"""


_TIMED = """
	client := &http.Client{Timeout: time.Minute}"""


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one program that prints the answer."""
    return Snippet(
        language="go",
        label="Go",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=_program(request, site).rstrip(),
        install="",
        lexer="go",
    )


def _program(request: Request, site: SiteSettings) -> str:
    polls, saves = request.poll_path is not None, request.saved is not None
    reads = polls or saves or request.is_retried or saves_picture(request)
    answer = "response, err" if request.is_retried else "http.DefaultClient.Do(request)"
    ending = f"\n\tos.Stdout.Write(read({answer}))\n" if reads else _PRINTED
    if request.option == TIMEOUTS:
        ending = _TIMED + _PRINTED.replace("http.DefaultClient", "client")
    if polls:
        ending = polling(request, site, answer)
    elif saves_picture(request):
        ending = pictures.GO
    elif saves:
        ending = result(request, "result", answer) + saved(request, "result")
    return f"""\
package main

import (
{"".join(f'	"{name}"{chr(10)}' for name in _loads(request))})

const url = {go_text(site.url(request.address))}
{"" if request.uploads else _body(request)}
func main() {{
{_created(request, site)}{_RETRY if request.is_retried else ""}{ending}}}
{_READ if reads else ""}{_ENCODED if request.attached else ""}"""


def _body(request: Request) -> str:
    return f"\n{'var' if request.attached else 'const'} body = {go_json(request.body)}\n"


def _loads(request: Request) -> list[str]:
    polls, saves = request.poll_path is not None, request.saved is not None
    names = {"io", "log", "net/http", "os"}
    names |= {"bytes", "mime/multipart"} if request.uploads else {"strings"}
    saves = saves or saves_picture(request)
    names |= {"encoding/json"} if polls or saves else set()
    names |= {"time"} if polls or request.option == TIMEOUTS else set()
    names |= {"fmt"} if saves else set()
    names |= {"encoding/base64"} if request.attached else set()
    return sorted(names | ({"crypto/rand", "fmt", "time"} if request.is_retried else set()))


# Copied as it arrives: also for streams.
_PRINTED = """
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		message, _ := io.ReadAll(response.Body)
		log.Fatalf("%s: %s", response.Status, message)
	}
	if _, err := io.Copy(os.Stdout, response.Body); err != nil {
		log.Fatal(err)
	}
"""


def _created(request: Request, site: SiteSettings) -> str:
    before, body = _form(request) if request.uploads else ("", "strings.NewReader(body)")
    headers = [(go_text(name), go_text(value)) for name, value in request.headers.items()]
    headers += [('"Content-Type"', "form.FormDataContentType()")] * bool(request.uploads)
    return f"""\
{before}	request, err := http.NewRequest({go_text(request.method)}, url, {body})
	if err != nil {{
		log.Fatal(err)
	}}
	request.Header.Set("Authorization", "Bearer "+{_key(site)})
{"".join(f"	request.Header.Set({name}, {value}){chr(10)}" for name, value in headers)}"""


def _form(request: Request) -> tuple[str, str]:
    lines = ["var body bytes.Buffer", "form := multipart.NewWriter(&body)"]
    for name, value in request.body.items():
        if name not in request.uploads:
            text = value if isinstance(value, str) else json.dumps(value)
            lines.append(f"form.WriteField({go_text(name)}, {go_text(text)})")
            continue
        # Variables must differ where several files are sent.
        number = request.uploads.index(name) or ""
        lines += [
            f"file{number}, err := os.ReadFile({go_text(value)})",
            "if err != nil {",
            "\tlog.Fatal(err)",
            "}",
            f"part{number}, _ := form.CreateFormFile({go_text(name)}, {go_text(value)})",
            f"part{number}.Write(file{number})",
        ]
    return "".join(f"\t{line}\n" for line in [*lines, "form.Close()"]) + "\n", "&body"


def _key(site: SiteSettings) -> str:
    return f'os.Getenv("{site.api_key_env}")'


LANGUAGE = Language("go", render, Reading('os.Getenv("VARIABLE")', "go"))
