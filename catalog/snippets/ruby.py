"""Renders a request as a Ruby script with the standard library."""

import json

from catalog.snippets import pictures
from catalog.snippets.call import PATIENCE, TASK_ID, Request
from catalog.snippets.language import Language
from catalog.snippets.literals import RUBY, layout
from catalog.snippets.pictures import saves_picture
from catalog.snippets.protocol import TIMEOUTS
from catalog.snippets.scalars import ruby_literal
from catalog.snippets.snippet import Reading, SiteSettings, Snippet
from catalog.snippets.timeouts import ANSWER, CONNECT

_START = 'Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == "https", read_timeout: 300)'
_TIMED = f"""\
Net::HTTP.start(
  uri.host, uri.port, use_ssl: uri.scheme == "https", open_timeout: {CONNECT}, read_timeout: {ANSWER}
)"""
_PRINTED = f"""
response = {_START} do |http|
  http.request(request)
end
abort response.body unless response.is_a?(Net::HTTPSuccess)
puts response.body
"""
_STREAMED = f"""
$stdout.sync = true
{_START} do |http|
  http.request(request) do |response|
    abort response.read_body unless response.is_a?(Net::HTTPSuccess)
    response.read_body {{ |chunk| print chunk }}
  end
end
"""
_METHODS = f"""
def deliver(request)
  uri = request.uri
  {_START} do |http|
    http.request(request)
  end
end

def read(response)
  abort response.body unless response.is_a?(Net::HTTPSuccess)
  JSON.parse(response.body)
end
"""
_RETRY = """
# Every attempt has the same key: the second is answered as the first one was.
request["Idempotency-Key"] = SecureRandom.uuid
attempts = 0
begin
  attempts += 1
  response = deliver(request)
  raise response.body if response.code == "429" || response.is_a?(Net::HTTPServerError)
rescue StandardError => error
  abort error.message if attempts == 3
  sleep 2 * attempts
  retry
end
"""


def render(request: Request, site: SiteSettings) -> Snippet:
    """Render one script that prints the answer."""
    return Snippet(
        language="ruby",
        label="Ruby",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=_script(request, site).rstrip(),
        install="",
        lexer="ruby",
    )


def _script(request: Request, site: SiteSettings) -> str:
    polls, saves = request.poll_path is not None, request.saved is not None
    reads = polls or saves or request.is_retried or saves_picture(request)
    loads = ["json", "net/http", *["open-uri"] * saves, *["securerandom"] * request.is_retried]
    ending = _STREAMED if request.is_streaming else _PRINTED
    if request.option == TIMEOUTS:
        ending = ending.replace(_START, _TIMED)
    if reads:
        answer = "read(response)" if request.is_retried else "read(deliver(request))"
        ending = f"\n{_saved(request, answer)}"
        if saves_picture(request):
            ending = pictures.RUBY
        elif polls:
            ending = _polling(request, site, answer)
    ending += "".join(f"{name}.close\n" for name in request.uploads)
    headers = {"Authorization": f'"Bearer #{{{_key(site)}}}"'}
    headers |= {name: ruby_literal(value) for name, value in request.headers.items()}
    return f"""\
{"".join(f'require "{name}"{chr(10)}' for name in loads)}{_METHODS if reads else ""}
uri = URI({ruby_literal(site.url(request.address))})
request = Net::HTTP::{request.method.capitalize()}.new(uri)
{"".join(f"request[{ruby_literal(name)}] = {value}{chr(10)}" for name, value in headers.items())}\
{_body(request)}
{_RETRY if request.is_retried else ""}{ending}"""


def _body(request: Request) -> str:
    if not request.uploads:
        entries = "".join(
            f"  {RUBY.key(name)}: {layout(value, RUBY, depth=1, taken=len(name) + 3)},\n"
            for name, value in request.body.items()
        )
        return f"{RUBY.attaching(request.body)}request.body = {{\n{entries}}}.to_json"
    fields, opened = [], ""
    for name, value in request.body.items():
        text = ruby_literal(value if isinstance(value, str) else json.dumps(value))
        if name in request.uploads:
            opened += f'{name} = File.open({text}, "rb")\n'
        fields.append(f"  [{ruby_literal(name)}, {name if name in request.uploads else text}],\n")
    return f'{opened}request.set_form([\n{"".join(fields)}], "multipart/form-data")'


def _polling(request: Request, site: SiteSettings, answer: str) -> str:
    before, _, after = (request.poll_path or "").partition(TASK_ID)
    address = '"#{uri}/#{task_id}"'
    if (before, after) != (request.path + "/", "") or request.query:
        address = f"{ruby_literal(site.url(before))} + task_id" + (
            f" + {ruby_literal(after)}" if after else ""
        )
    return f"""
task_id = {answer}["id"]
deadline = Time.now + {PATIENCE} * 60
task = nil
loop do
  abort "Task #{{task_id}} has not ended after {PATIENCE} minutes" if Time.now > deadline
  sleep 2
  poll = Net::HTTP::Get.new(URI({address}))
  poll["Authorization"] = request["Authorization"]
  response = deliver(poll)
  next if response.code == "429" || response.is_a?(Net::HTTPServerError)
  task = read(response)
  break unless %w[pending processing].include?(task["status"])
end
abort "Task failed: #{{task.to_json}}" unless %w[completed success].include?(task["status"])
{_saved(request, "task")}"""


def _saved(request: Request, result: str) -> str:
    if (files := request.saved) is None:
        return f"puts JSON.pretty_generate({result})\n"
    return f"""\
{result}["{files.key}"].each.with_index(1) do |{files.noun}, number|
  name = "output-#{{number}}{files.ending}"
  File.binwrite(name, URI.open({files.noun}["{files.url}"]).read)
  puts "Saved #{{name}}"
end
"""


def _key(site: SiteSettings) -> str:
    return f'ENV.fetch("{site.api_key_env}")'


LANGUAGE = Language("ruby", render, Reading('ENV.fetch("VARIABLE")', "ruby"))
