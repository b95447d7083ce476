"""Prints for `make prove` how many snippets and shapes of snippets `catalog/snippets/proven` knows."""

from collections.abc import Iterable

from catalog.snippets import LANGUAGES, Request, describe, proven
from snippet_records import bundled_records


def shape(request: Request) -> tuple[str, str, bool, bool]:
    """Give what makes a request another kind: protocol, option, whether a file goes along; its polling."""
    return request.protocol, request.option, bool(request.uploads), request.poll_path is not None


def shapes(requests: Iterable[Request]) -> int:
    """Count the kinds of requests."""
    return len({shape(request) for request in requests})


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
