"""One of each kind, as somebody would add it to the source."""

FACET = """\
    Facet(
        "commercial_use",
        mark("Commercial use"),
        FacetDocs("that may be used commercially"),
        read=lambda record: [
            UNKNOWN if record["commercial_use"] is None else str(record["commercial_use"]).lower()
        ],
        words=("true", "false", UNKNOWN),
        labels={"true": mark("Allowed"), "false": mark("Not allowed")},
    ),
)
FACETS: dict"""
PROTOCOL = '''\
"""The protocol of Labs."""

from catalog.snippets.constraints import parameter
from catalog.snippets.protocol import STREAMING, Dialect, Field
from catalog.snippets.option_bodies import STREAM

DIALECT = Dialect(
    "labs-chat",
    calls=("/talk",),
    fields=(parameter("model", "string", required=True), parameter("prompt", "string", required=True)),
    given=lambda: {"prompt": "Say hello."},
    named={"prompt": Field("string", "What is asked.")},
    forms={STREAMING: STREAM},
)
'''
LANGUAGE = '''\
"""Writes a request as a Lua script."""

import json

from catalog.snippets.language import Language
from catalog.snippets.call import Request
from catalog.snippets.snippet import Reading, SiteSettings, Snippet


def render(request: Request, site: SiteSettings) -> Snippet:
    """Write one script that prints the answer."""
    key = f'os.getenv("{site.api_key_env}")'
    body = json.dumps(json.dumps(request.body))
    return Snippet(
        language="lua",
        label="Lua",
        protocol=request.protocol,
        action=request.action,
        option=request.option,
        code=f'local key = {key}\\nlocal body = {body}\\npost("{site.url(request.address)}", key, body)',
        install="luarocks install luasocket",
        lexer="lua",
    )


LANGUAGE = Language("lua", render, Reading('os.getenv("VARIABLE")', "javascript"))
'''
TERMS = """\
<p>Commercial use: <strong>{{ content.use }}</strong>, as <code>{{ content.id }}</code>
  <a href="/docs/billing">is billed</a>.</p>
<ul><li>First</li><li>Second * starred</li></ul>
<div class="scroll"><table>
  <thead><tr><th>Name</th><th>Value</th></tr></thead>
  <tbody><tr><th>Use</th><td>{{ content.use }}</td></tr></tbody>
</table></div>
<script>this is no text</script>
"""
SECTION = """\
    Section(
        "terms",
        mark("Terms"),
        "terms.html",
        lambda context: {"id": context.record["model_id"], "use": "yes"},
    ),
    Section("faq","""
CONDITION = '''\
class MonthDays(Condition):
    """Holds on some days of a month in UTC."""

    is_clock = True
    explained = "on these days of a month"

    @classmethod
    def read(cls, key: str, value: object) -> Condition:
        """Read the first and the last day."""
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise refusal(key, value, "use the first and the last day, as in [1, 15]")
        first, last = map(int, value)
        return cls(key, json.dumps([first, last], separators=(",", ":")), frozenset(range(first, last + 1)))

    def measure(self, asked: Circumstances) -> int:
        """Return the day of the month of the instant in UTC."""
        return asked.at.astimezone(UTC).day

    def describe(self) -> str:
        """Say "Days 1 to 15 of a month"."""
        first, last = json.loads(self.text)
        return say("Days {first} to {last} of a month", first=first, last=last)


KINDS: Mapping'''
EXPORT = '''\
"""Writes the IDs of all models."""

from collections.abc import Iterable, Iterator

import orjson

from catalog.exchange.exports.base import Offered, Seller


def write(offers: Iterable[Offered], _seller: Seller) -> Iterator[bytes]:
    """Write a list."""
    yield orjson.dumps([offered.model_id for offered in offers])
'''
IMPORT = '''\
"""Reads a list of IDs."""

import json

from catalog.exchange import openrouter
from catalog.exchange.reader_base import CatalogReading, ReadCatalog


def parse(content: bytes, origin: ReadCatalog, provider: str | None = None) -> CatalogReading:
    """Read the whole list."""
    rows = [{"id": name, "pricing": {"request": "0.5"}} for name in json.loads(content)["models"]]
    return openrouter.parse(json.dumps({"data": rows}).encode(), origin, provider)
'''


def facet(scratch):
    scratch.replace("catalog/search/facets.py", ")\nFACETS: dict", FACET)


def protocol(scratch):
    scratch.replace(
        "catalog/vocabulary.py",
        '    REALTIME = "realtime", mark("Realtime")\n',
        '    REALTIME = "realtime", mark("Realtime")\n    LABS_CHAT = "labs-chat", mark("Labs Chat")\n',
    )
    write(scratch, "catalog/snippets/protocols/labs_chat.py", PROTOCOL)


def language(scratch):
    registry = "catalog/snippets/__init__.py"
    scratch.replace(registry, "import curl, go, javascript, php,", "import curl, go, javascript, lua, php,")
    scratch.replace(registry, "go, ruby, php)", "go, ruby, php, lua)")
    write(scratch, "catalog/snippets/lua.py", LANGUAGE)


def section(scratch):
    scratch.replace("site/pages/sections.py", '    Section("faq",', SECTION)
    write(scratch, "templates/partials/model/terms.html", TERMS)


def condition(scratch):
    kinds = "catalog/pricing/conditions/kinds.py"
    scratch.replace(kinds, "KINDS: Mapping", CONDITION)
    scratch.replace(
        kinds, '        "region": Region,\n', '        "region": Region,\n        "month_days": MonthDays,\n'
    )


def export(scratch):
    registry = "catalog/exchange/exports/writing.py"
    scratch.replace(registry, "    models_dev,\n", "    models_dev,\n    names,\n")
    scratch.replace(registry, "WRITERS = {\n", 'WRITERS = {\n    "names": Writer(names.write),\n')
    write(scratch, "catalog/exchange/exports/names.py", EXPORT)


def import_(scratch):
    registry = "catalog/exchange/registry.py"
    scratch.replace(registry, "litellm, models_dev, openrouter", "litellm, models_dev, names, openrouter")
    scratch.replace(
        registry,
        '            Format("openrouter",',
        '            Format("names", "Names", "https://labs.example/names", names.parse),\n'
        '            Format("openrouter",',
    )
    write(scratch, "catalog/exchange/names.py", IMPORT)


def write(scratch, name, text):
    (scratch.root / name).write_text(text)


KINDS = {
    "facet": facet,
    "protocol": protocol,
    "language": language,
    "section": section,
    "condition": condition,
    "export": export,
    "import": import_,
}
"""Kind -> what adds one."""
