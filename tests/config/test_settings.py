"""Wrong settings stop the start with one clear line; right ones pass every deployment check."""

import stat

import pytest

import live
from config import development_key

pytestmark = pytest.mark.programs

PRODUCTION = {
    "SECRET_KEY": "Tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "SITE_URL": "https://models.example.com",
    "ALLOWED_HOSTS": "models.example.com",
    "TRUSTED_PROXIES": "127.0.0.1",
}
UNREADABLE = [
    ("DATABASE_URL", "mysql://localhost/x"),
    ("DATABASE_URL", "postgres://localhost"),
    ("DATABASE_URL", "postgres://user:hunter2@host:port/name"),
    ("CACHE_URL", "memcached://localhost"),
    ("DEBUG", "maybe"),
    ("HSTS_PRELOAD", "perhaps"),
    ("SITE_NAME", "a\nb"),
    ("LOG_FORMAT", "xml"),
    ("TRY_IT", "perhaps"),
    ("WEBHOOKS_ALLOW_PRIVATE", "maybe"),
    ("PORT", "0"),
    ("PORT", "٨٠٠٠"),
    ("PORT", "80.5"),
    ("WORKERS", "none"),
    ("RATE_LIMIT", "-1"),
    ("RATE_LIMIT", "many"),
    ("MCP", "perhaps"),
]
"""What stops a start as it is read, before any other is looked at."""
CHECKED = {
    "CACHE_URL": ["redis://localhost:6379/0"],
    "ALLOWED_HOSTS": ["https://models.example.com", "*"],
    "SITE_NAME": ["x" * 61],
    "SITE_LANGUAGE": ["de", "en_US:en", "../de"],
    "SITE_URL": [
        "models.example.com",
        "https://models.example.com/under",
        "https://user:hunter2@models.example.com",
    ],
    "API_BASE_URL": ["https://example.com/$(id)", "http://[::1"],
    "API_KEY_ENV": ["RUN API"],
    "SUPPORT_EMAIL": ["nobody"],
    "SUPPORT_URL": ["javascript:alert(1)"],
    "SKILLS_OWNER": ["https://github.com/labs"],
    "TRUSTED_PROXIES": ["proxy.example"],
    "HOST": ["here there"],
    "MCP_SOCKET": ["mcp.sock", "/" + "x" * 100],
}
"""What can be read and is wrong: all of it is said at once, a line each."""


@pytest.fixture
def manage(tmp_path):
    """Run a command of manage.py in an environment with nothing but these settings."""

    def run(*arguments, **given):
        return live.manage(*arguments, **{"CATALOG_VAR": tmp_path, **given})

    return run


@pytest.mark.parametrize(("name", "value"), UNREADABLE)
def test_a_value_that_cannot_be_read_stops_the_start_with_one_line(manage, name, value):
    (line,) = refused(manage("check", **{name: value}))
    assert name in line
    assert "hunter2" not in line


@pytest.mark.parametrize("number", range(max(map(len, CHECKED.values()))))
def test_all_wrong_values_are_told_at_once_in_a_line_each(manage, number):
    wrong = {name: values[number] for name, values in CHECKED.items() if number < len(values)}
    lines = refused(manage("check", **wrong))
    for name in wrong:
        assert [line for line in lines if line.startswith(f"{name} ")], f"{name}: {lines}"
    assert len(lines) == len(wrong)


def refused(ended):
    """The lines of a start that stopped."""
    assert ended.returncode == 1
    assert ended.stdout == ""
    lines = ended.stderr.strip().splitlines()
    assert max(map(len, lines)) < 300
    return lines


def test_production_settings_pass_every_check(manage):
    ended = manage("check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
    assert ended.returncode == 0, ended.stderr
    assert "no issues" in ended.stdout


@pytest.mark.parametrize("url", ["https://models.example.com", "http://8.8.8.8:8000", "http://[2a00::1]"])
def test_debug_is_refused_on_a_public_site(manage, url):
    ended = manage("check", DEBUG="on", SITE_URL=url)
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert line.startswith(f"DEBUG is on and SITE_URL is {url!r}: set DEBUG=off")


@pytest.mark.parametrize("url", ["", "http://localhost:8000", "http://[::1]:8000", "http://192.168.1.5:8000"])
def test_debug_is_allowed_on_this_machine_and_its_network(manage, url):
    assert manage("check", DEBUG="on", SITE_URL=url).returncode == 0


def test_a_site_without_settings_is_right_too(manage):
    assert manage("check").returncode == 0


def test_a_server_wants_a_key_of_its_own(manage):
    ended = manage("serve", **{**PRODUCTION, "SECRET_KEY": ""})
    assert ended.returncode == 1
    assert ended.stderr.startswith("SECRET_KEY is not set: ")
    assert "Traceback" not in ended.stderr


def test_a_public_server_refuses_a_development_key(manage, tmp_path):
    key = development_key.development_key(tmp_path)
    ended = manage("serve", **{**PRODUCTION, "SECRET_KEY": key})
    assert ended.returncode == 1
    assert "development key on a public host" in ended.stderr
    assert key not in ended.stderr


def test_a_development_key_is_made_once_for_its_owner_only(tmp_path):
    folder = tmp_path / "var"
    first = development_key.development_key(folder)
    kept = folder / "secret_key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert first.startswith(development_key.MARK)
    assert len(first) > 50
    kept.chmod(0o644)
    assert development_key.development_key(folder) == first
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_an_unfinished_key_file_is_written_anew(tmp_path):
    (tmp_path / "secret_key").touch()
    assert len(development_key.development_key(tmp_path)) > 50
    assert development_key.development_key(tmp_path) != development_key.development_key(tmp_path / "other")


def test_an_empty_variable_counts_as_not_set(manage):
    assert manage("check", SITE_NAME="", DATABASE_URL="", PORT=" ").returncode == 0


def test_the_folder_of_the_default_database_is_made(manage, tmp_path):
    assert manage("check", CATALOG_VAR=tmp_path / "new/var").returncode == 0
    assert (tmp_path / "new/var").is_dir()


def test_a_folder_that_cannot_be_made_is_told_in_one_line(manage, tmp_path):
    (tmp_path / "file").touch()
    ended = manage("check", CATALOG_VAR=tmp_path / "file/var")
    assert ended.returncode == 1
    assert "CATALOG_VAR" in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("base", "is_right"),
    [
        ("https://api.example.com/v1", True),
        ("http://127.0.0.1:9000", True),
        ("http://api.example.com", False),
        ("https://[::1]:9000", False),
    ],
)
def test_a_gateway_that_no_page_could_call_stops_the_start(manage, base, is_right):
    assert manage("check", API_BASE_URL=base, **PRODUCTION).returncode == 0
    ended = manage("check", API_BASE_URL=base, TRY_IT="true", **PRODUCTION)
    assert (ended.returncode == 0) is is_right
    if not is_right:
        assert ended.stderr.startswith(f"TRY_IT is on and API_BASE_URL is '{base}': give ")
        assert len(ended.stderr.strip().splitlines()) == 1
