"""Mends stored texts: line ends, control characters, marks that reorder text, and HTML in Markdown.

Texts are found by their columns, so none is forgotten. A row that is as it should be is not written, so the
migration can be run again after it was broken off. What is computed from rows is marked to be built anew once
all migrations have run: `catalog.publishing.build_records.after_migrate`.
"""

import re
import sys
from contextlib import contextmanager

from django.db import DatabaseError, migrations, models, transaction
from django.db.models.functions import Length

from catalog.text.clean_markdown import clean
from catalog.text.identifiers import LONGEST_NAME, mended, short_name

COMPUTED = frozenset({"document", "searchentry", "searchkey", "searchword"}
                     | {"facetbits", "facetclock", "facettally", "facetspan", "listkey"})  # fmt: skip
NAMED = frozenset({"provider", "family", "variant"})
MARKDOWN = frozenset({"overview", "body", "answer"})
BATCH = 500
TRIGGER = "catalog_price_immutable"
# What may be wrong: looked for first, because nearly no text is.
_IN_LINES = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\xad\u200b\u2060\ufeff\U000e0000-\U000e007f]")
_IN_LINE = re.compile(f"[\t\n]|{_IN_LINES.pattern}")


def mend(apps, schema_editor):
    connection = schema_editor.connection
    found = {}
    for model in apps.get_app_config("catalog").get_models():
        if model._meta.model_name not in COMPUTED:
            found[model] = list(_wrong_rows(model))
    with _prices_may_be_written(connection, bool(found.get(apps.get_model("catalog", "Price")))):
        touched = {model: _write(model, rows) for model, rows in found.items() if rows}
    _mark(apps, touched)


def _wrong_rows(model):
    """List the rows that are to be written: key, and column -> mended value."""
    columns = [field for field in model._meta.concrete_fields if _holds_text(field)]
    names = ["pk", *(field.name for field in columns)]
    for pk, *values in model._default_manager.order_by().values_list(*names).iterator(chunk_size=2_000) if columns else ():
        row = dict(zip(columns, values, strict=True))
        changed = {field.name: right for field, value in row.items() if (right := _right(field, value)) != value}
        if model._meta.model_name == "changeevent" and _tells_of_markdown(row):
            summary = changed.get("summary", next(value for field, value in row.items() if field.name == "summary"))
            if (right := clean(summary)[:500]) != summary:
                changed["summary"] = right
        if model._meta.model_name in NAMED and len(name := changed.get("name", _name(row))) > LONGEST_NAME:
            # What is exported has to be read back. The whole name goes to whoever migrates.
            sys.stderr.write(f"{model._meta.label} {pk}: cut to {LONGEST_NAME} characters: {name!r}\n")
            changed["name"] = short_name(name)
        if changed:
            yield pk, changed


def _name(row):
    return next(value for field, value in row.items() if field.name == "name")


def _holds_text(field):
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def _right(field, value):
    if isinstance(field, models.JSONField):
        return _right_json(value, field.name)
    if not value:
        return value
    if isinstance(field, models.TextField):
        text = mended(value, lines=True) if _IN_LINES.search(value) else value
        return clean(text) if field.name in MARKDOWN else text
    return mended(value) if _IN_LINE.search(value) else value


def _right_json(value, key=""):
    """Mend each text of a value; what stands under the name of a Markdown field is Markdown."""
    if isinstance(value, str):
        text = mended(value, lines=True) if _IN_LINES.search(value) else value
        return clean(text) if key in MARKDOWN else text
    if isinstance(value, list):
        return [_right_json(item, key) for item in value]
    if isinstance(value, dict):
        return {_right_json(name): _right_json(item, name) for name, item in value.items()}
    return value


def _tells_of_markdown(row):
    held = [value for field, value in row.items() if field.name in ("before", "after")]
    return any(isinstance(value, dict) and MARKDOWN & value.keys() for value in held)


def _write(model, rows):
    """Write rows one by one; one that its neighbours do not allow stays as it is, and this is said."""
    written = []
    for pk, changed in rows:
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=pk).update(**changed)
        except DatabaseError as error:
            sys.stderr.write(f"{model._meta.label} {pk}: {', '.join(changed)} stays as it is: {error}\n")
        else:
            written.append(pk)
    return written


@contextmanager
def _prices_may_be_written(connection, is_needed):
    """Lift the guard of prices in force while their texts are mended; it is put back as it was."""
    body = _guard(connection) if is_needed else None
    if body is None:
        yield
        return
    with connection.cursor() as cursor:
        is_postgres = connection.vendor == "postgresql"
        if is_postgres:  # no table is altered while rows of it wait for a check
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            f"ALTER TABLE catalog_price DISABLE TRIGGER {TRIGGER}" if is_postgres else f"DROP TRIGGER {TRIGGER}"
        )
        yield
        if is_postgres:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE catalog_price ENABLE TRIGGER {TRIGGER}")
        else:
            cursor.execute(body)


def _guard(connection):
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgname = %s"
        if connection.vendor == "postgresql"
        else "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [TRIGGER])
        row = cursor.fetchone()
    return row and row[0]


def _mark(apps, touched):
    """Have the records built anew of every model that holds a mended row or belongs to one."""
    variant = apps.get_model("catalog", "Variant")
    stale = set()
    for model, pks in touched.items():
        for start in range(0, len(pks), BATCH):
            chunk = pks[start : start + BATCH]
            stale |= set(_models_of(variant, model, chunk))
    # Names may now be shorter than some are: what is given out cuts them.
    for path in ("name", "family__name", "family__provider__name"):
        rows = variant._default_manager.annotate(size=Length(path)).filter(size__gt=LONGEST_NAME)
        stale |= set(rows.values_list("pk", flat=True))
    documents = apps.get_model("catalog", "Document")._default_manager
    ordered = sorted(pk for pk in stale if pk)
    for start in range(0, len(ordered), BATCH):
        documents.filter(pk__in=ordered[start : start + BATCH]).update(revision=0)


def _models_of(variant, model, pks):
    name = model._meta.model_name
    paths = {"variant": ["pk", "replacement"], "family": ["family"], "provider": ["family__provider"]}
    for path in paths.get(name, []):
        yield from variant._default_manager.filter(**{f"{path}__in": pks}).values_list("pk", flat=True)
    if name not in paths and any(field.name == "variant" for field in model._meta.concrete_fields):
        yield from model._default_manager.filter(pk__in=pks).values_list("variant_id", flat=True)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0014_numbers_of_parameters")]

    operations = [migrations.RunPython(mend, migrations.RunPython.noop)]
