"""Exports as answers: 304, or the file written anew."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from api.answers import answer, lifetime
from api.export_queries import ExportQuery
from catalog.exchange.exports.base import ExportScope
from catalog.exchange.exports.fingerprint import fingerprint, unchanged_since
from catalog.exchange.exports.writing import WRITERS, export
from catalog.publishing.publish import current_revision

# Bytes: of a piece that is sent, and up to which an export stays in memory.
CHUNK = 65_536
IN_MEMORY = 4_000_000


def send_export(request: HttpRequest, name: str, query: ExportQuery) -> HttpResponseBase:
    """Send the file, or 304 without writing it."""
    now, revision = timezone.now(), current_revision()[0]
    at = query.at or now
    since, boundary = unchanged_since(at)
    scope = ExportScope(at, query.kind, query.retired)
    if query.report:
        body = {**_report(name, scope), "revision": revision}
        return answer(body, revision=revision, at=now, boundary=None if query.at else boundary)
    # Of what the file is written from, so that a 304 costs no writing.
    etag = quote_etag(fingerprint(name, scope, revision, since))
    not_modified: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if not isinstance(not_modified, HttpResponseNotModified):
        not_modified = _file(name, scope)
    not_modified["ETag"] = etag
    not_modified["Cache-Control"] = f"public, max-age={lifetime(now, None if query.at else boundary)}"
    not_modified["X-Catalog-Revision"] = str(revision)
    return not_modified


def _report(name: str, scope: ExportScope) -> dict[str, Any]:
    with SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        return export(name, scope, out).wire()


def _file(name: str, scope: ExportScope) -> HttpResponseBase:
    writer = WRITERS[name]
    # Whole before it is sent, since length and losses are headers; on disk where it is large.
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    report = export(name, scope, out)
    length = out.tell()
    out.seek(0)
    response: HttpResponseBase
    if length <= IN_MEMORY:
        with out:
            response = HttpResponse(out.read(), content_type=writer.media_type)
    else:
        response = StreamingHttpResponse(_chunks(out), content_type=writer.media_type)
        response["Content-Length"] = str(length)
    response["X-Export-Loss"] = str(report.losses)
    if writer.suffix != "json":
        response["Content-Disposition"] = f'attachment; filename="catalog.{writer.suffix}"'
    return response


def _chunks(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while chunk := out.read(CHUNK):
            yield chunk
