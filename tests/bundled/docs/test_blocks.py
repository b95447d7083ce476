"""Every block of code in the documentation is run as a reader would, or is the output of one that was."""

import fcntl
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

import docs_reader
from docs import library
from docs.fences import KINDS, fences
from docs_reader import KEY, Reader, WrongError
from gateway.arrivals import RefusedError, key_of
from gateway.server import Answer, Gateway, serving
from lint.sample_rules import PLATFORM
from snippet_records import bundled_records

pytestmark = pytest.mark.programs

README = settings.REPOSITORY / "README.md"
TEXTS = {source.slug: source.text for source in library.shelf()} | {"README": README.read_text()}
FRESH = {"README", "self-hosting"}
"""Pages that begin with the first `make run`; other pages are read by somebody who has the site already."""
RUN = {slug for slug, text in TEXTS.items() if any(f.kind in ("run", "fails") for f in fences(text))}
LANGUAGES = {
    "run": {"bash", "python", "javascript"},
    "fails": {"bash", "python", "javascript"},
    "output": {"json", "text"},
    "file": {"toml", "json"},
    "config": {"nginx"},
    "example": {"bash", "text"},
}
"""Kind -> the languages of its blocks."""
alone = pytest.mark.engine("sqlite")  # each page has a database of its own: once is enough


class Platform(Gateway):
    """The reference gateway, and the platform's own addresses, of whose answers no shape is on record."""

    def take(self, arrival):
        if arrival.method != "GET" or arrival.path not in PLATFORM:
            return super().take(arrival)
        self.arrivals.append(arrival)
        if arrival.path.startswith("/api/v1/me") and key_of(arrival.headers) not in self.keys:
            raise RefusedError(401, "unauthorized", "the key is missing or wrong")
        return Answer({})


@dataclass
class Desk:
    """Where pages are followed."""

    folder: Path
    prepared: Path | None

    def follow(self, text, until=None):
        """Follow a text in a fresh copy; what the platform refused is an error, unless the page shows it."""
        gateway = Platform(bundled_records(), keys={KEY})
        with serving(gateway) as platform:
            reader = Reader(self.folder, platform, self.prepared)
            try:
                reader.follow(text, until=until)
            finally:
                reader.close()
        refused = [f"{each.address}: {each.said}" for each in gateway.arrivals if each.status >= 400]
        if refused and "fails" not in reader.counts:
            raise WrongError(f"the platform refused {refused}")
        return reader, gateway


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id):
    """What `make run` leaves in `var`, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    base = base if worker_id == "master" else base.parent
    with (base / "docs-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = base / "docs-site"
        if not folder.exists():
            folder.mkdir()
            reader = Reader(folder, "http://127.0.0.1:9")
            try:
                reader.type("make run", "bash", "the site, for all pages")
            finally:
                reader.close()
        return folder / "project/var"


@pytest.fixture
def desk(tmp_path, prepared):
    return Desk(tmp_path, prepared)


@pytest.mark.parametrize(
    "slug",
    sorted(RUN - {"quickstart"}),
)
@alone
def test_the_blocks_of_a_page_do_what_it_says(desk, slug):
    desk.prepared = None if slug in FRESH else desk.prepared
    desk.follow(TEXTS[slug], until=lambda fence: "postgres://" not in fence.code)


@alone
def test_the_quickstart_is_run_from_its_first_line_to_its_last(desk):
    """The site is made from a clean copy, and a newcomer's calls, in the order of the pages."""
    texts = [TEXTS["README"].partition("```bash\nmake test")[0], TEXTS["quickstart"]]
    assert "make run" in texts[0]
    desk.prepared = None
    reader, gateway = desk.follow("\n".join(texts))
    blocks = [fence for text in texts for fence in fences(text)]
    assert sum(reader.counts.values()) == len(blocks) > 8
    assert {fence.kind for fence in blocks} == {"run", "output"}
    assert [arrival.status for arrival in gateway.arrivals] == [200] * 5
    paths = [arrival.path for arrival in gateway.arrivals]
    assert paths[:4] == ["/v1/messages"] * 3 + ["/api/v1/flux_2/text_to_image"]
    assert paths[4].startswith("/api/v1/flux_2/text_to_image/")


@pytest.mark.engine("postgresql")
def test_the_section_on_postgresql_does_what_it_says(desk, empty_database):
    written = next(f for f in fences(TEXTS["self-hosting"]) if "postgres://" in f.code)
    named = written.code.partition('DATABASE_URL="')[2].partition('"')[0]
    assert named.startswith("postgres://")
    code = written.code.replace(named, empty_database["DATABASE_URL"])
    desk.prepared = None
    reader, _gateway = desk.follow(f"```bash\n{code}\n```")
    assert "The site:" in reader.printed
    assert not (reader.project / "var/catalog.sqlite3").exists()


def test_every_block_is_of_a_kind_and_language_that_are_checked():
    assert set(LANGUAGES) == set(KINDS)
    for slug, text in TEXTS.items():
        kinds = [fence.kind for fence in fences(text)]
        for fence in fences(text):
            assert fence.language in LANGUAGES[fence.kind], f"{slug}, line {fence.line}"
        before = ["start", *kinds]
        for kind, previous in zip(kinds, before, strict=False):
            assert kind != "output" or previous in ("run", "fails"), f"{slug}: output of {previous}"


def test_the_output_of_a_refusal_is_shown():
    for slug, text in TEXTS.items():
        found = fences(text)
        for fence, then in zip(found, [*found[1:], None], strict=False):
            assert fence.kind != "fails" or then.kind == "output", slug


FAULTS = {
    "a wrong path": ("```bash\ncurl --silent @@site_url@@/api/v1/modells\n```", "curl --silent"),
    "a wrong path at the platform": (
        "```bash\ncurl @@api_base_url@@/v1/mesages --json '{}'\n```",
        "failed: curl",
    ),
    "a wrong flag": ("```bash\n.venv/bin/python manage.py check_catalog --att\n```", "unrecognized"),
    "a wrong output": ("```bash\necho one\n```\n\n```text output\ntwo\n```", "printed"),
    "a wrong amount": (
        '```bash\necho \'{"total": "0.03"}\'\n```\n\n```json output\n{"total": "0.30"}\n```',
        r"\$.total is '0.03'",
    ),
    "a field too many": (
        '```bash\necho \'{"a": 1, "b": 2}\'\n```\n\n```json output\n{"a": 1}\n```',
        "also",
    ),
    "a wrong key variable": (
        "```python\nimport os\n\nos.environ['@@api_key_env@@_']\n```",
        "KeyError",
    ),
    "a package that is not locked": ("```bash\nnpm install left-pad\n```", "left-pad is not among"),
    "a failure in the middle": ("```bash\nfalse\ntrue\n```", "failed: false"),
    "a refusal that does not come": ("```bash fails\ntrue\n```", "failed: nothing"),
    "a wrong target": ("```bash\nPORT=8080 make runn\n```", "No rule to make target"),
    "a wrong setting": ("```bash\nWORKERS=many make run\n```", "WORKERS"),
}


@pytest.mark.parametrize("fault", FAULTS)
@alone
def test_a_block_that_is_wrong_is_found(desk, fault):
    text, said = FAULTS[fault]
    with pytest.raises(WrongError, match=said):
        desk.follow(text)


def test_what_is_substituted_is_in_the_documentation():
    """A substitution that no page needs any more is to go."""
    everything = "".join(TEXTS.values())
    for word in ("paste-your-key-here", "paste-the-id-here", "8080", "0.0.0.0", "createsuperuser"):
        assert word in everything, word
        assert word.partition("-your")[0].partition("-the")[0] in Path(docs_reader.__file__).read_text()
