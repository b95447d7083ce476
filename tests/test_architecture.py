"""The house stands as it is drawn: floors, sizes, the wheel, and no way around the one name that breaks.

`site` is also a module of Python's standard library, imported before any program starts. `import site.config`
can never work, and an `__init__.py` in `site/` would only hide that: tools would believe in a package that no
interpreter finds. The folder is a source root on the path, which holds `config`, `pages`, `docs` and `api`.
"""

import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

pytestmark = pytest.mark.programs

ROOT = Path(__file__).resolve().parents[1]
ROOMS = sorted(path.parent.name for path in ROOT.glob("site/*/__init__.py"))
DOCS = ROOT / "site/docs/content"
LONGEST_MODULE = 300
MOST_MODULES = 160
"""Nine of ten modules are no longer."""
WIDEST_LINE = 120
MOST_OFTEN = 160
FRONT_END = [
    (("templates/*",), 150),
    (("static/css/*.css",), LONGEST_MODULE),
    (("static/js/*.js",), LONGEST_MODULE),
]
"""Files that browsers read, or become what they read, and how many lines each may have."""


def tracked(*patterns):
    """Files that belong to the repository, whether they are committed yet or not."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns]
    found = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in found.split("\0") if name and (ROOT / name).is_file()]


def lines(path):
    return path.read_text(encoding="utf-8").count("\n")


def lint_imports(root):
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'site'}"}
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        check=False,
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_site_is_a_source_root_and_never_a_package():
    assert not (ROOT / "site/__init__.py").exists(), __doc__
    assert importlib.import_module("site").__file__ != str(ROOT / "site/__init__.py")
    assert "/site" not in (ROOT / ".gitignore").read_text().split(), "hatchling would build an empty wheel"


def test_every_package_is_imported_from_the_repository():
    assert {"config", "pages", "docs", "api", "mcp_server", "skills"} <= set(ROOMS)
    for name in ["catalog", *ROOMS]:
        base = ROOT if name == "catalog" else ROOT / "site"
        assert Path(importlib.import_module(name).__file__) == base / name / "__init__.py"


def test_imports_keep_to_their_floors():
    found = lint_imports(ROOT)
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_catalog_has_twelve_rooms_in_eight_layers():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = {contract["id"]: contract for contract in project["tool"]["importlinter"]["contracts"]}
    layers = [set(layer.split(" | ")) for layer in contracts["catalog"]["layers"]]
    assert len(layers) <= 8
    rooms = {path.parent.name for path in ROOT.glob("catalog/*/__init__.py")}
    assert set().union(*layers) == rooms | {"apps", "vocabulary"}
    assert len(rooms - {"admin", "management", "migrations"}) == 12
    assert {path.name for path in ROOT.glob("catalog/*.py")} == {"__init__.py", "apps.py", "vocabulary.py"}


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("catalog/pricing/units.py", "import catalog.publishing.publish"),
        ("catalog/comparison/differences.py", "import pages.list_state"),
        ("catalog/pricing/quote.py", "import django.db"),
        ("site/api/queries.py", "import pages.list_state"),
        ("site/docs/library.py", "import config.urls"),
    ],
)
def test_a_wrong_import_is_found(tmp_path, module, line):
    for name in ("catalog", "site"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    wrong = tmp_path / module
    wrong.write_text(f"{wrong.read_text()}\n{line}\n")
    found = lint_imports(tmp_path)
    assert found.returncode == 1, found.stdout + found.stderr
    assert "BROKEN" in found.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_a_wheel_installs_one_name(wheel):
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"model_catalog"}


def test_a_wheel_carries_the_whole_site(wheel):
    names = set(wheel.namelist())
    for source in tracked("catalog", "site", "templates", "static"):
        name = f"model_catalog/{source.relative_to(ROOT).as_posix()}"
        assert name in names, f"{source} is not in the wheel"


def test_an_unpacked_wheel_runs(wheel, tmp_path):
    wheel.extractall(tmp_path / "installed")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(tmp_path / "installed"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/catalog.sqlite3",
    }
    for command in (["migrate", "--verbosity", "0"], ["load_catalog"], ["check"], ["quote", "--help"]):
        ended = subprocess.run(
            [sys.executable, "-m", "model_catalog", *command],
            check=False,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
    assert (tmp_path / "var").is_dir(), "an installed site keeps its files where it is started"


def modules():
    """Python files that somebody wrote: Django writes the migrations."""
    written = tracked("catalog/*.py", "site/*.py", "tests/*.py")
    return [path for path in written if "migrations" not in path.parts]


def packaged():
    """Those that a site runs."""
    return [path for path in modules() if path.relative_to(ROOT).parts[0] != "tests"]


def test_no_module_is_too_long_to_read():
    long = {str(path): lines(path) for path in modules() if lines(path) >= LONGEST_MODULE}
    assert long == {}


def test_nine_of_ten_modules_are_short():
    lengths = sorted(lines(path) for path in packaged())
    assert lengths[len(lengths) * 9 // 10] <= MOST_MODULES


@pytest.mark.parametrize(("patterns", "longest"), FRONT_END)
def test_no_file_of_the_front_end_is_too_long_to_read(patterns, longest):
    paths = tracked(*patterns)
    assert len(paths) > 10
    assert {str(path): lines(path) for path in paths if lines(path) > longest} == {}


def test_nine_of_ten_files_of_the_front_end_are_short():
    lengths = sorted(lines(path) for patterns, _ in FRONT_END for path in tracked(*patterns))
    assert lengths[len(lengths) * 9 // 10] <= MOST_OFTEN


@pytest.mark.parametrize(("patterns", "longest"), FRONT_END)
def test_no_line_of_the_front_end_is_too_wide_to_read(patterns, longest):
    assert [place for path in tracked(*patterns) for place in wide(path)] == []


def wide(path):
    """The lines of a file that are too wide; a message stays whole, so that it is found where it is said."""
    numbered = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    message = re.compile(r'\s*"[^"]*",')
    return [f"{path}:{n}" for n, line in numbered if len(line) > WIDEST_LINE and not message.fullmatch(line)]


def test_a_wide_line_is_found(tmp_path):
    (tmp_path / "a.css").write_text(f"{'a' * 120}\n{'b' * 121}\n")
    assert wide(tmp_path / "a.css") == [f"{tmp_path / 'a.css'}:2"]
    (tmp_path / "a.js").write_text(f'  "{"a " * 60}",\n  say("{"a " * 60}");\n')
    assert wide(tmp_path / "a.js") == [f"{tmp_path / 'a.js'}:2"]


def test_biome_holds_the_limits_of_functions_and_lines():
    settings_of_biome = (ROOT / "tests/node/biome.jsonc").read_text()
    assert f'"lineWidth": {WIDEST_LINE}' in settings_of_biome
    rule = '"noExcessiveLinesPerFunction": { "level": "error", "options": { "maxLines": 45 } }'
    assert rule in settings_of_biome
    assert "--error-on-warnings static/css static/js" in (ROOT / "Makefile").read_text()


def test_every_module_opens_with_a_sentence():
    opening = re.compile(r'"""[A-Z`].*?[.:]', re.DOTALL)
    assert [str(path) for path in modules() if not opening.match(path.read_text(encoding="utf-8"))] == []


def test_no_file_names_a_host_to_download_from():
    hosts = re.compile(r"files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|--(extra-)?index-url")
    naming = [
        str(path)
        for path in tracked()
        if path != Path(__file__)
        and path.suffix not in {".png", ".ico", ".woff2"}
        and hosts.search(path.read_text(encoding="utf-8"))
    ]
    assert naming == []
    assert not (ROOT / "uv.lock").exists()


def variables():
    """Every environment variable that a reader of settings.py names."""
    code = (ROOT / "site/config/settings.py").read_text()
    return sorted(set(re.findall(r'_(?:text|flag|number|words)\("([A-Z_]+)"', code)))


@pytest.mark.parametrize("name", variables())
def test_a_setting_is_documented_and_judged(name):
    documented = (DOCS / "self-hosting.md").read_text()
    assert f"| `{name}` |" in documented, f"{name} has no row in self-hosting.md"
    # Readers of flags and numbers judge by themselves; text is judged where its meaning is known.
    code = "".join(
        (ROOT / "site/config" / file).read_text() for file in ("settings.py", "checks.py", "logs.py")
    )
    judged = re.search(rf'_(flag|number)\("{name}"', code) or f'"{name} ' in code or f"{name} is " in code
    assert judged or name == "CATALOG_VAR", f"nothing says what is wrong with {name}"


def test_every_command_is_documented():
    ours = {name for name, app in get_commands().items() if app in {"catalog", *ROOMS}}
    documented = "".join(path.read_text() for path in DOCS.glob("*.md"))
    assert {name for name in ours if f"manage.py {name}" not in documented} == set()


def test_templates_and_static_files_are_found_in_a_checkout():
    assert settings.REPOSITORY == ROOT
    assert not settings.IS_INSTALLED
