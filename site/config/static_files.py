"""Static files with hashed names; a sheet and its parts as one."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

from config.minified_css import minified

Collected = dict[str, tuple[Storage, str]]  # served name -> where the content lies

SHEETS = PurePosixPath("css")  # of sheets that pages link; their parts lie in folders within

_PART = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


# With DEBUG nothing is collected: browsers fetch a sheet's parts by its `@import` rules.
class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Collects sheets joined and minified, all files under hashed names."""

    # `import "./name.js"` names the hashed file too, so that no visitor mixes two releases.
    support_js_module_import_aggregation = True

    def post_process(self, paths: Collected, dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Join the sheets, then hash all files."""
        if not dry_run:
            paths = self._join_sheets(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _join_sheets(self, paths: Collected) -> Collected:
        sheets = {name for name in paths if PurePosixPath(name).parent == SHEETS and name.endswith(".css")}
        contents = {name: minified(joined(name, paths)) for name in sheets}
        parts = {name for name in paths if SHEETS in PurePosixPath(name).parents} - sheets
        for name in sheets | parts:
            self.delete(name)
        for name, css in contents.items():
            self.save(name, ContentFile(css))
        others = {name: place for name, place in paths.items() if name not in sheets | parts}
        return {**others, **{name: (self, name) for name in sorted(sheets)}}


def joined(name: str, paths: Collected) -> str:
    """Return a sheet with its parts in place of `@import` rules."""

    def part(rule: re.Match[str]) -> str:
        path = str(PurePosixPath(name).parent / rule[1])
        if path not in paths:
            raise ValueError(f"{name} imports {rule[1]}, but there is no static/{path}.")
        return _text(path, paths)

    return _PART.sub(part, _text(name, paths))


def _text(name: str, paths: Collected) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read(), "utf-8")
