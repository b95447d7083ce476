"""Static files under names that change with their content; a style sheet and its parts as one small file."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

from config.minified_css import minified

Collected = dict[str, tuple[Storage, str]]
"""Where the content of each file lies, by the name it is served under."""

SHEETS = PurePosixPath("css")
"""The folder of the style sheets that pages link; the parts of each lie in folders within."""

_PART = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Collects style sheets joined and minified, and every file under a name with a hash of its content.

    In a checkout with DEBUG nothing is collected: browsers fetch the parts of a sheet by its `@import` rules.
    """

    # `import "./name.js"` names the hashed file too, so that no visitor mixes two releases.
    support_js_module_import_aggregation = True

    def post_process(self, paths: Collected, dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002 - Django's signature
        """Replace each sheet by its joined parts, then go on with the files that remain."""
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
    """Return a style sheet with its parts in the place of its `@import` rules."""

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
