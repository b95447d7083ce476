"""Search of texts that other rooms register."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from catalog.search.ranking import NAME, Candidate, Judge, Score
from catalog.search.typos import asked_forms, forms, is_correctable
from catalog.search.words import edges, term, words


@dataclass(frozen=True, slots=True)
class Passage:
    """A page or a section of one."""

    path: str
    title: str
    detail: str
    text: str


class PassageShelf:
    """A source's passages, indexed by prefixes of words."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self.candidates = [_candidate(passage, at) for at, passage in enumerate(passages)]
        self.holding: dict[str, set[int]] = defaultdict(set)
        self.meant: dict[str, set[str]] = defaultdict(set)
        for at, passage in enumerate(passages):
            for word in set(words(f"{passage.title} {passage.detail} {passage.text}")):
                for edge in edges(word):
                    self.holding[edge].add(at)
        named = {word for passage in passages for word in words(f"{passage.title} {passage.detail}")}
        for word in filter(is_correctable, named):
            for form in forms(word):
                self.meant[form].add(word)

    def find(self, text: str, query: Sequence[str]) -> list[tuple[Score, Passage]]:
        """Score passages that hold every word."""
        sets = [self.holding.get(term(word), set()) for word in query]
        judge = Judge(text, query, 0)
        return [
            (judge.score(self.candidates[at]), self.passages[at]) for at in reduce(set.intersection, sets)
        ]


_sources: list[Callable[[], Sequence[Passage]]] = []
_shelves: dict[int, PassageShelf] = {}


def add_source(source: Callable[[], Sequence[Passage]]) -> None:
    """Register a function that returns passages: the same object until they change."""
    if source not in _sources:
        _sources.append(source)


def shelves() -> list[PassageShelf]:
    """Return the passages of all sources, as they are now."""
    return [_shelf(number) for number in range(len(_sources))]


def find(shelves: Iterable[PassageShelf], text: str, query: Sequence[str]) -> list[tuple[Score, Passage]]:
    """Return passages that hold every word, best first, one per page."""
    ranked = sorted((pair for shelf in shelves for pair in shelf.find(text, query)), key=lambda pair: pair[0])
    pages: dict[str, tuple[Score, Passage]] = {}
    for pair in ranked:
        pages.setdefault(pair[1].path.partition("#")[0], pair)
    return list(pages.values())


def held(shelves: Collection[PassageShelf], query: Sequence[str]) -> set[str]:
    """Return which words any passage holds, also as prefixes."""
    return {word for word in query for shelf in shelves if term(word) in shelf.holding}


def meant_by(shelves: Iterable[PassageShelf], word: str) -> set[str]:
    """List words of titles that a misspelled word may mean."""
    forms = asked_forms(word)
    return {known for shelf in shelves for form in forms for known in shelf.meant.get(form, ())}


def _shelf(number: int) -> PassageShelf:
    passages = _sources[number]()
    shelf = _shelves.get(number)
    # A source returns the same tuple until something changes; comparing texts would cost more.
    if shelf is None or shelf.passages is not passages:
        shelf = _shelves[number] = PassageShelf(passages)
    return shelf


def _candidate(passage: Passage, at: int) -> Candidate:
    # The order of the pages decides between equals.
    title = " ".join(words(passage.title))
    return Candidate(at, "docs", f"{at:05}", passage.title, passage.path, NAME + title, 0, None)
