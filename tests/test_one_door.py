"""One door for writes: rows of the catalog are written in `publishing/` and nowhere else."""

import pytest
from django.apps import apps
from django.contrib import admin

from catalog.admin.publishing_admin import PublishingAdmin, ReadOnlyAdmin
from catalog.admin.variants import VariantAdmin
from catalog.models import Family
from forms import errors, filled
from one_door import OUTSIDE, outside_tables, setters, watched, writes
from rows import a_variant
from test_architecture import ROOT, modules

DOOR = "catalog/publishing/"


PLANTED = {
    "row.save()": "save",
    "row.save(update_fields=names)": "save",
    "await row.asave()": "asave",
    "row.save_base(raw=True)": "save_base",
    "form.save()": "save",
    "row.delete()": "delete",
    "Price.objects.filter(pk=1).delete()": "delete",
    "queryset._raw_delete(using)": "_raw_delete",
    "Price.objects.create(variant=variant)": "create",
    "variant.aliases.create(alias_id='x')": "create",
    "Price.objects.bulk_create(rows)": "bulk_create",
    "Price.objects.bulk_update(rows, ['note'])": "bulk_update",
    "Price.objects.filter(pk=1).update(note='')": "update",
    "rows.update(**values)": "update",
    "Family.objects.get_or_create(slug='x')": "get_or_create",
    "Family.objects.update_or_create(slug='x')": "update_or_create",
    "variant.aliases.set(rows)": "set",
    "variant.aliases.add(row, bulk=False)": "add",
    "cursor.execute('INSERT INTO catalog_price VALUES (1)')": "INSERT INTO",
    "cursor.execute(f'UPDATE {table} SET note = 1')": "UPDATE ",
    "cursor.execute('UPDATE catalog_price SET note = 1')": "UPDATE CATALOG_PRICE SET",
    "cursor.execute('DELETE FROM catalog_price')": "DELETE FROM",
    "cursor.executemany(statement, rows)": "executemany",
}
HARMLESS = (
    "values.update(more)\ndigest.update(piece)\nprogress.update(task, completed=1)",
    "picture.save(out, 'PNG')\nrows = formset.save(commit=False)",
    "cache.delete(key)\nfiles.create(path)\nnames.add(name)\nself.errors.clear()",
    "edition.add(row)\nedition.change(row, values)\nedition.remove(rows)",
    "cursor.execute('SELECT 1 FROM catalog_price FOR UPDATE')",
    '"""UPDATE catalog_price SET note = 1 is what nobody writes."""',
)


def found_past_the_door():
    """Modules of the catalog and the site that write rows, with the lines; the door itself left out."""
    past = {}
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(("tests/", DOOR)) and (found := writes(path.read_text())):
            past[name] = found
    return past


@pytest.mark.programs
def test_nothing_writes_past_the_door():
    known = {name for outside in OUTSIDE for name in outside.modules}
    past = found_past_the_door()
    assert {name: lines for name, lines in past.items() if name not in known} == {}
    assert known - past.keys() == set(), "these write nothing any more: take them out of OUTSIDE"


@pytest.mark.parametrize("line", PLANTED)
def test_a_planted_write_is_found(line):
    module = f"async def view(row):\n    {line}\n"
    assert writes(module) == [(2, PLANTED[line])]


@pytest.mark.parametrize("lines", HARMLESS)
def test_what_writes_no_row_is_left_alone(lines):
    assert writes(lines) == []


@pytest.mark.programs
def test_no_property_writes_and_no_row_saves_in_a_way_of_its_own():
    found = {str(path): setters(path.read_text()) for path in modules() if "tests" not in path.parts}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "class A:\n    @property\n    def revision(self):\n        return Revision.objects.create(number=1)",
        "class A:\n    @cached_property\n    def row(self):\n        self.one.save()",
        "class Price(models.Model):\n    def save(self, **options):\n        super().save(**options)",
        "_ = edition.revision",
    ],
)
def test_a_planted_setter_is_found(source):
    assert len(setters(source)) == 1


def test_every_row_of_the_catalog_is_edited_through_the_door_or_not_at_all():
    outside = {name for part in OUTSIDE for name in part.rows}
    for model, page in admin.site._registry.items():
        if model._meta.app_label == "catalog" and model.__name__ not in outside:
            assert isinstance(page, PublishingAdmin | ReadOnlyAdmin), model
            assert type(page).delete_model is admin.ModelAdmin.delete_model
            assert not page.has_delete_permission(None), f"{model} can be deleted past the door"
            assert not model._meta.many_to_many, f"Django's save_related writes the links of {model}"


def test_every_row_named_here_exists():
    known = {model.__name__ for model in apps.get_app_config("catalog").get_models(include_auto_created=True)}
    assert {name for outside in OUTSIDE for name in outside.rows} <= known


@pytest.mark.django_db
def test_a_statement_that_goes_past_the_door_is_seen(monkeypatch, admin_client):
    variant = a_variant()
    page, sent = f"/admin/catalog/variant/{variant.pk}/change/", {"change_reason": "Another name"}
    monkeypatch.setattr(VariantAdmin, "save_model", lambda _self, _request, row, *_more: row.save())
    with watched(outside_tables()) as found:
        Family.objects.filter(pk=variant.family_id).update(name="From a test")
        answer = admin_client.post(page, {**filled(admin_client.get(page)), **sent, "name": "Past"})
    assert answer.status_code == 302, errors(answer)
    assert [statement[:24] for statement in found] == ['UPDATE "catalog_variant"']
