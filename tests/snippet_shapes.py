"""What makes one request another kind than the next: its protocol, its option, and how it is answered."""

from collections.abc import Iterable

from catalog.snippets import Request


def shape(request: Request) -> tuple[str, str, bool, bool, bool]:
    """Give the kind of a request: protocol, option, whether a file goes along; its polling, its streaming."""
    polls = request.poll_path is not None
    return request.protocol, request.option, bool(request.uploads), polls, request.is_streaming


def shapes(requests: Iterable[Request]) -> int:
    """Count the kinds of requests."""
    return len({shape(request) for request in requests})
