"""A copy of the source to change: what is added there counts the files that it touches."""

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import live

ROOT = live.REPOSITORY
BEACON = """
[provider]
slug = "labs"
name = "Labs"

[[family]]
slug = "beacon"
name = "Beacon"
"""
"""How a catalog file of a scratch copy begins: a provider and its one family."""
SOURCE = ("catalog", "site", "templates", "static", "manage.py", "pyproject.toml")


class Scratch:
    """The source in a folder of its own, with a database of its own beside it."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "source"
        self.var = folder / "var"
        self.root.mkdir()
        self.var.mkdir()
        leave_out = shutil.ignore_patterns("__pycache__", "*.pyc", "data")
        for name in SOURCE:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.root / name, ignore=leave_out)
            else:
                shutil.copy2(ROOT / name, self.root / name)
        self.before = self._files()

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a file in the one place that holds a text."""
        path = self.root / name
        text = path.read_text()
        assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new))

    def touched(self) -> list[str]:
        """Name the files that are not as they were copied."""
        files = self._files()
        return sorted(name for name in {*files, *self.before} if files.get(name) != self.before.get(name))

    def run(self, *arguments: str) -> str:
        """Run the scratch copy's Python; what it prints."""
        given = {
            "DATABASE_URL": f"sqlite:///{self.var / 'catalog.sqlite3'}",
            "CATALOG_VAR": self.var,
            "DEBUG": "true",
            "PYTHONPATH": f"{self.root}:{self.root / 'site'}:{ROOT / 'tests'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        ended = subprocess.run(
            [sys.executable, *arguments],
            check=False,
            cwd=self.root,
            env=live.environment(**given),
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def _files(self) -> dict[str, str]:
        files = (path for path in self.root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {str(path.relative_to(self.root)): sha256(path.read_bytes()).hexdigest() for path in files}
