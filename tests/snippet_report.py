"""Prints for `make prove` how many snippets and shapes of snippets `catalog/snippets/proven` knows."""

from catalog.snippets import LANGUAGES, describe, proven
from snippet_records import bundled_records
from snippet_shapes import shapes


def main() -> None:
    """Print one line for each language."""
    every = [request for record in bundled_records() for request in describe(record)]
    print(f"{'language':<12}{'snippets':>9}{'run':>7}{'shapes':>8}{'run':>5}  with")  # noqa: T201
    for language in LANGUAGES:
        ran = [(request, proof) for request in every if (proof := proven(request, language))]
        program = ran[0][1].program if ran else "nothing"
        counted = f"{len(every):>9}{len(ran):>7}{shapes(every):>8}{shapes(row for row, _ in ran):>5}"
        print(f"{language:<12}{counted}  {program}")  # noqa: T201


main()
