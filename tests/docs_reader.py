"""Somebody who follows a page of the documentation: types its blocks in order, in one shell and one folder.

The folder is a clean copy of the project. What is typed is the page's own text, save for this:

- the addresses of the site and of the platform are those of servers on this machine, as an operator's
  settings would put them into the page; the ports 8000 and 8080 are free ones, and nothing listens on
  addresses that other machines reach (`0.0.0.0`);
- `paste-your-key-here` and `paste-the-id-here` are the key and the ID that was printed last;
- `make run` and what else serves runs as in a terminal of its own, until the next server or the end;
- curl counts a refusal as a failure, as its option `--fail-with-body` has it;
- what the lock files have installed is there already: `.venv` is linked, and `pip` and `npm` find the
  packages they are asked for, or fail; `make test` runs one file of the tests, and `check_catalog` reads
  a catalog of the page's own files: all tests and the whole catalog are `make test` and `make check`.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import docs_source
import live
from docs import values
from docs.fences import fences
from docs_outputs import difference
from runtimes import node

ROOT = live.REPOSITORY
KEY = "a-key-of-the-reader"
LONGEST = 120
"""Seconds that a block may take."""
TYPIST = Path(__file__).with_name("docs_typist.py")
SERVES = re.compile(r"^(?:[A-Z_]+=\S+ )*(?:make (?:run|gateway)|\S+ manage\.py (?:serve|runserver)\b.*)$")
PASTED = re.compile(r"paste-(?:your|the)-(\w+)-here")
INSTALLER = """\
#!/bin/sh
[ "$1" = install ] || {{ echo "only 'install NAME' is known here, not: $*" >&2; exit 2; }}
shift
for name; do {found} || {{ echo "$name is not among what the lock files install" >&2; exit 1; }}; done
{then}
"""
CHECKED = (
    r"(export DATABASE_URL=sqlite:///{folder}/small.sqlite3; \1 migrate -v0 &&"
    r" \1 import_catalog example-*.toml && { \1 check_catalog >found 2>said;"
    r" grep --quiet 'in 3 models' said found && ! grep --invert-match '^/docs/' found; })"
)
"""The check of a catalog that holds the files of a page; the docs speak of models that it has not."""
COMMANDS = {"bash": "{code}", "python": "python {file}", "javascript": "node {file}"}
"""Language -> what is typed to run a block of it."""
ENDINGS = {"bash": "sh", "python": "py", "javascript": "mjs"}


class WrongError(AssertionError):
    """A block that does not do what its page says."""


def copy_project(folder):
    """Copy what is under version control, or about to be, and link the installed environment."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in set(filter(None, names.split("\0"))):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.suffix != ".stamp" and not path.name.startswith("."):
            (folder / ".venv" / path.name).symlink_to(path)
    # What the stamps vouch for is installed: the test that runs this was.
    for name in ("requirements.stamp", "requirements-dev.stamp"):
        (folder / ".venv" / name).touch()


@dataclass
class Reader:
    """A reader with a folder of their own, the address of the platform, and what they have typed so far.

    `prepared` is what an earlier `make run` left in `var`; without, the reader has no site yet.
    """

    folder: Path
    platform: str
    prepared: Path | None = None
    server: subprocess.Popen | None = None
    printed: str = ""
    did_fail: bool = False
    typed: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        self.home, self.project = self.folder / "home", self.folder / "project"
        for path in (self.home, self.project, self.folder / "bin"):
            path.mkdir()
        copy_project(self.project)
        (self.home / ".curlrc").write_text("fail-with-body\n")
        self.port, self.other_port = live.free_port(), live.free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self._tools()
        self.shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=self.project,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        self._say("trap 'failed+=\"$BASH_COMMAND; \"' ERR")
        # Where this process is killed, the shell's input ends, and the server goes with the shell.
        self._say("trap '[ -z \"$server\" ] || kill -- -$server' EXIT")

    def _tools(self):
        found = f'{sys.executable} -c "import importlib.metadata as m, sys; m.version(sys.argv[1])" "$name"'
        pip = INSTALLER.format(found=f"{found} 2>/dev/null", then="")
        npm = INSTALLER.format(
            found=f'[ -d "{node.PACKAGES}/$name" ]', then=f'ln -sfn "{node.PACKAGES}" node_modules'
        )
        for name, text in (("pip", pip), ("npm", npm)):
            path = self.folder / "bin" / name
            path.write_text(text)
            path.chmod(0o755)
        (self.folder / "bin/node").symlink_to(node.node())

    def _environment(self):
        path = f"{self.folder / 'bin'}:{self.project / '.venv/bin'}:{os.environ['PATH']}"
        return {
            "PATH": path,
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PORT": str(self.port),
            "WORKERS": "1",
            "PYTEST": "-q tests/catalog/pricing/test_money.py",
            "WORKERS_OF_TESTS": "0",
        }

    def follow(self, text, *, until=None):
        """Do what a page says, block by block."""
        text = values.fill(
            text, {**docs_source.filled(), "site_url": self.site, "api_base_url": self.platform}
        )
        found = fences(text)
        if f"export {values.current()['api_key_env']}=" not in text:
            self._say(f"export {values.current()['api_key_env']}={KEY}")
        written = "".join(fence.code for fence in found)
        own_site = next((f for f in found if any(map(SERVES.match, f.code.splitlines()))), None)
        needs_site = self.site in written or "manage.py" in written
        if self.prepared and (own_site or needs_site):
            shutil.copytree(self.prepared, self.project / "var")
        if needs_site and not own_site:
            self.type(f"SITE_URL={self.site} make run", "bash", "the site, before the page is read")
        for fence in found:
            if until is None or until(fence):
                self.do(fence)

    def do(self, fence):
        """Do one block, or hold against the last output what the page shows of it."""
        where = f"line {fence.line}, {fence.language} {fence.kind}"
        self.counts[fence.kind] = self.counts.get(fence.kind, 0) + 1
        if fence.kind == "output":
            found = difference(fence.code, self.printed, fence.language)
            if found:
                raise WrongError(f"{where}: {found}")
        elif fence.kind == "file":
            (self.project / fence.file).write_text(f"{fence.code}\n")
        elif fence.kind in ("run", "fails"):
            self.type(fence.code, fence.language, where, fails=fence.kind == "fails")

    def type(self, code, language, where, *, fails=False):
        """Type a block and wait for its end, or until the site that it starts is ready."""
        if language not in COMMANDS:
            raise WrongError(f"{where}: a block of {language} is not run: say what it is")
        code = self._rewritten(code)
        if language != "bash":
            file = f"block-{self.typed}.{ENDINGS[language]}"
            (self.project / file).write_text(f"{code}\n")
            code = COMMANDS[language].format(file=file)
        lines = code.splitlines()
        serving = next((number for number, line in enumerate(lines) if SERVES.match(line)), len(lines))
        if serving < len(lines) - 1:
            raise WrongError(f"{where}: nothing is typed in a terminal in which a server runs")
        before = "\n".join(lines[:serving])
        if before.strip():
            self._run(before, where, fails=fails)
        if serving < len(lines):
            self._serve(lines[serving], where)

    def _rewritten(self, code):
        code = code.replace("127.0.0.1:8000", f"127.0.0.1:{self.port}").replace("0.0.0.0", "127.0.0.1")
        code = code.replace("8080", str(self.other_port))
        code = PASTED.sub(lambda found: KEY if found[1] == "key" else str(self._last(found[1])), code)
        small = CHECKED.replace("{folder}", str(self.folder))
        code = re.sub(r"^(\S+ manage\.py) check_catalog$", small, code, flags=re.MULTILINE)
        return re.sub(r"^(\S+ manage\.py createsuperuser)", rf"python {TYPIST} \1", code, flags=re.MULTILINE)

    def _last(self, name):
        return json.loads(self.printed)[name]

    def _say(self, line):
        self.shell.stdin.write(f"{line}\n")
        self.shell.stdin.flush()

    def _paths(self):
        self.typed += 1
        return [self.folder / f"{self.typed}.{ending}" for ending in ("sh", "out", "err", "end")]

    def _run(self, code, where, *, fails=False):
        script, out, err, end = self._paths()
        script.write_text(f"{code}\n")
        self._say(
            f"failed=; source {script} >{out} 2>{err} </dev/null; "
            f'echo "$? $failed" >{end}.part; mv {end}.part {end}'
        )
        ends = time.monotonic() + LONGEST
        while not end.exists():
            if time.monotonic() > ends or self.shell.poll() is not None:
                raise WrongError(f"{where}: does not end\n{code}\n{err.read_text()}")
            time.sleep(0.02)
        self.printed = out.read_text()
        status, _, failed = end.read_text().strip().partition(" ")
        self.did_fail = bool(failed.strip()) or status != "0"
        if self.did_fail is not fails:
            ended = f"ended with {status}, failed: {failed or 'nothing'}"
            raise WrongError(f"{where}: {ended}\n{code}\n{self.printed}\n{err.read_text()}")

    def _serve(self, line, where):
        self.stop_serving()
        script, out, _err, number = self._paths()
        script.write_text(f"{line}\n")
        self._say(
            f"setsid bash {script} >{out} 2>&1 </dev/null & server=$!; "
            f"echo $server >{number}.part; mv {number}.part {number}"
        )
        port = int(found[1]) if (found := re.search(r"\bPORT=(\d+)", line)) else self.port
        named = re.search(r'SITE_URL="?https?://([^"\s]+)', line)
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/", headers={"Host": named[1]} if named else {}
        )
        ends = time.monotonic() + LONGEST
        while not number.exists() or not _answers(asked):
            gone = number.exists() and not Path(f"/proc/{int(number.read_text())}").exists()
            if gone or time.monotonic() > ends:
                raise WrongError(f"{where}: the site is not ready\n{line}\n{out.read_text()}")
            time.sleep(0.1)
        self.server, self.printed = int(number.read_text()), out.read_text()

    def stop_serving(self):
        """End the server that runs, as Ctrl-C would."""
        if self.server is None:
            return
        os.killpg(self.server, 15)
        ends = time.monotonic() + 15
        while Path(f"/proc/{self.server}").exists() and not _is_dead(self.server):
            if time.monotonic() > ends:
                os.killpg(self.server, 9)
                raise WrongError("the site does not end")
            time.sleep(0.05)
        self._say("server=")
        self.server = None

    def close(self):
        """End everything that was started."""
        try:
            self.stop_serving()
        finally:
            self.shell.stdin.close()
            try:
                self.shell.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(self.shell.pid, 9)
                self.shell.wait()


def _answers(request):
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as error:
        error.close()
        raise WrongError(f"the site answers {error.code}") from error
    except OSError:
        return False


def _is_dead(process):
    """Say whether a process has ended and waits for its shell to notice."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
