"""Prints for `make prove` how many snippets and shapes `catalog/snippets/proven` knows, and how long all ran.

The times are those that pytest has written into the file of results that is named in the command.
"""

import os
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from catalog.snippets import LANGUAGES, describe, languages_of, proven
from snippet_records import bundled_records
from snippet_shapes import shapes


def seconds(results: Path) -> dict[str, float]:
    """Read how long each language's test took, and as "all" how long they took side by side."""
    suite = next(ElementTree.parse(results).iter("testsuite"))
    found = {"all": float(suite.attrib["time"])}
    for case in suite.iter("testcase"):
        if named := re.search(r"\[(\w+)\]$", case.attrib["name"]):
            found[named[1]] = float(case.attrib["time"])
    return found


def report(took: dict[str, float]) -> str:
    """Give one line for each language, and one for the whole matrix."""
    described = [request for record in bundled_records() for request in describe(record)]
    lines = [f"{'language':<12}{'snippets':>9}{'run':>7}{'shapes':>8}{'run':>5}{'seconds':>9}  with"]
    total = asked = 0
    for language in LANGUAGES:
        every = [request for request in described if language in languages_of(request)]
        asked += len(every)
        ran = [(request, proof) for request in every if (proof := proven(request, language))]
        total += len(ran)
        program = ran[0][1].program if ran else "nothing"
        counted = f"{len(every):>9}{len(ran):>7}{shapes(every):>8}{shapes(row for row, _ in ran):>5}"
        lines.append(f"{language:<12}{counted}{took[language]:>9.1f}  {program}")
    cores = os.cpu_count()
    lines.append(
        f"{'all':<12}{asked:>9}{total:>7}{'':>13}{took['all']:>9.1f}  {cores} cores, languages side by side"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(seconds(Path(sys.argv[1]))))  # noqa: T201
