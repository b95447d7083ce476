"""Each block of the documentation that is not run is held by a check of its own, and there are few."""

import base64
import io
import logging
import re
import subprocess
import urllib.request
from decimal import Decimal

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

import docs_source
import needs
from catalog.search import lookup
from catalog.webhooks import signing
from config import logs
from docs.fences import fences
from docs.markup import render
from docs_typist import PASSWORD
from dom import tree
from gateway.server import Gateway, serving
from snippet_records import bundled_records

ROOT = settings.REPOSITORY
NAME = re.compile(r"(?<![\w/.])[\w]+(?:/|\.py)(?:[\w/]+)?")


def texts():
    return {**docs_source.pages(), "README": (ROOT / "README.md").read_text()}


def blocks(*kinds):
    """The first line of each block of these kinds -> its page and code."""
    return {
        (slug, fence.code.splitlines()[0].split()[0]): fence.code
        for slug, text in texts().items()
        for fence in fences(text)
        if fence.kind in kinds
    }


def a_map(code, client):
    """Each line names what is there, below the folder that the line above it stands in."""
    below, seen = ROOT, 0
    for line in code.splitlines():
        names = line.partition("   ")[0] if not line.startswith(" ") else line[2:].partition("    ")[0]
        for name in (found for found in names.split() if NAME.fullmatch(found)):
            path = (below if line.startswith(" ") else ROOT) / name
            assert path.exists(), f"there is no {path.relative_to(ROOT)}"
            seen += 1
        if not line.startswith(" "):
            below = ROOT / line.split()[0]
    assert seen > 12


def a_sum(code, client):
    """Each line is a quantity at a rate, and the last is their sum."""
    total = Decimal(0)
    *lines, last = code.replace(",", "").splitlines()
    for line in lines:
        quantity, rate, per, amount = re.search(
            r"(\d+) [a-z ]+x\s+\$([\d.]+) / (\d+)\s+=\s+\$([\d.]+)", line
        ).groups()
        assert Decimal(quantity) * Decimal(rate) / Decimal(per) == Decimal(amount), line
        total += Decimal(amount)
    assert total == Decimal(last.strip().removeprefix("$"))


def a_skill(code, client):
    """The command is the one that the page of the skill shows, and the family's models."""
    for path in ("/skills/claude", "/models/claude/sonnet-4-6"):
        page = tree(client.get(path).content)
        assert code.strip() in {node.text.strip() for node in page.walk() if node.tag == "code"}


def a_prompt(code, client):
    """The model is in the catalog, asynchronous as said, and described at the address that is named."""
    model = re.search(r"the model (\S+) at", code)[1]
    record = lookup.by_model_id(model)
    assert record["task_type"] == "asynchronous"
    (address,) = re.findall(rf"{settings.SITE_URL}(\S+)", code)
    assert client.get(address).json()["model_id"] == model
    assert settings.API_BASE_URL in code
    assert settings.API_KEY_ENV in code


def headers_of_a_gateway(code, client):
    """The reference gateway sends them, and pages in a browser read its answers by them."""
    said = dict(line.split(": ") for line in code.splitlines())
    origin = said["Access-Control-Allow-Origin"]
    with serving(Gateway(bundled_records()[:1], origins=re.compile(re.escape(origin)))) as url:
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        request = urllib.request.Request(f"{url}/v1/messages", headers=asked, method="OPTIONS")
        with urllib.request.urlopen(request, timeout=10) as answer:
            for name, value in said.items():
                assert set(value.split(", ")) <= set(answer.headers[name].split(", ")), name


def a_message(code, client):
    """The headers are those that a signed message has, each in its form."""
    first, *lines = code.splitlines()
    said = dict(line.split(": ") for line in lines)
    assert first.startswith("POST /")
    made = signing.headers([signing.new_secret()], "msg_1", 1, b"{}")
    assert said.keys() == {"Content-Type", *made}
    assert re.fullmatch(r"msg_[0-9a-f]{32}", said["webhook-id"])
    assert len(base64.b64decode(said["webhook-signature"].removeprefix("v1,"), validate=True)) == 32


def an_nginx_site(code, tmp_path):
    """The server of nginx reads it, given the certificate that it names."""
    nginx = needs.program("nginx", "nginx-light")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=catalog"]
    pair = ["-keyout", f"{tmp_path}/catalog.example.key", "-out", f"{tmp_path}/catalog.example.pem"]
    subprocess.run([*made, *pair], check=True, capture_output=True)
    code = code.replace("/etc/ssl", str(tmp_path)).replace("listen 443", "listen 127.0.0.1:8443")
    kept = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    code = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in kept) + code
    held = f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{code}\n}}\n"
    (tmp_path / "nginx.conf").write_text(held)
    command = [nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr


def lines_of_the_log(code, client):
    """The log has these lines, but for their instants, after a right password, a wrong one and four more."""
    get_user_model().objects.create_superuser("keeper", password=PASSWORD)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter(logs.FORMATTERS["text"]["format"], style="{"))
    logging.getLogger("config.logins").addHandler(handler)
    for password in (PASSWORD, *["wrong"] * 5):
        client.post("/admin/login/", {"username": "keeper", "password": password}, REMOTE_ADDR="203.0.113.7")
    logging.getLogger("config.logins").removeHandler(handler)
    said = [line.split(maxsplit=2)[2] for line in code.splitlines()]
    assert said == list(dict.fromkeys(line.split(maxsplit=2)[2] for line in written.getvalue().splitlines()))


EXAMPLES = {
    ("README", "catalog/"): a_map,
    ("billing", "2,000"): a_sum,
    ("agent-skills", "npx"): a_skill,
    ("agent-skills", "Use"): a_prompt,
    ("self-hosting", "Access-Control-Allow-Origin:"): headers_of_a_gateway,
    ("self-hosting", "2026-11-26"): lines_of_the_log,
    ("webhooks", "POST"): a_message,
}
"""Page and first word of an example -> what holds it."""


def test_every_example_has_its_check_and_there_are_few():
    assert set(blocks("example")) == set(EXAMPLES)
    assert set(blocks("config")) == {("self-hosting", "server")}
    assert len(EXAMPLES) < 10


@pytest.mark.parametrize("place", EXAMPLES, ids=" ".join)
@pytest.mark.django_db
def test_an_example_is_true(client, place):
    EXAMPLES[place](blocks("example")[place], client)


FAULTS = {
    ("README", "catalog/"): ("publishing/", "publishin/"),
    ("billing", "2,000"): ("$0.0075", "$0.0076"),
    ("agent-skills", "npx"): ("--skill claude", "--skill clawed"),
    ("agent-skills", "Use"): ("the model flux-2-flex", "the model flux-2-pro"),
    ("self-hosting", "Access-Control-Allow-Origin:"): ("GET, POST", "GET, PUT"),
    ("webhooks", "POST"): ("webhook-id", "message-id"),
}


@pytest.mark.parametrize("place", FAULTS, ids=" ".join)
@pytest.mark.django_db
def test_an_example_that_is_wrong_is_found(client, place):
    right, wrong = FAULTS[place]
    code = blocks("example")[place]
    assert right in code
    with pytest.raises(AssertionError):
        EXAMPLES[place](code.replace(right, wrong), client)


@pytest.mark.programs
@pytest.mark.engine("sqlite")
def test_a_configuration_is_one_that_its_program_reads(tmp_path):
    code = blocks("config")["self-hosting", "server"]
    an_nginx_site(code, tmp_path)
    with pytest.raises(AssertionError, match="unknown directive"):
        an_nginx_site(code.replace("proxy_pass", "proxy_past"), tmp_path)


def test_a_page_labels_output_and_files():
    html = render("```bash\nls\n```\n\n```json output\n{}\n```\n\n```toml file=a.toml\na = 1\n```\n").html
    assert html.count('class="code-caption"') == 2
    assert '<div class="code-caption">Output</div><pre class="code"' in html
    assert 'aria-label="JSON, Output"' in html
    assert '<div class="code-caption">a.toml</div>' in html
