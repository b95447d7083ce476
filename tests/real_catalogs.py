"""The real catalogs, whole, where they are at hand, and the loop that imports are measured against.

They lie beside the project (`REAL_CATALOGS` names another folder). Where they do not, nothing can be held
against, and the tests are skipped; the pieces in `catalog/exchange/pieces` prove each reader without them.
"""

import os
from pathlib import Path

from django.db import transaction

from catalog.exchange.importing import ImportScope, prepare
from catalog.models import ChangeEvent, Family, Price, Provider, Source, Variant
from catalog.publishing import build_records, publish
from catalog.vocabulary import ChangeKind, Origin
from other_catalogs import AT

DATA = Path(os.environ.get("REAL_CATALOGS", Path(__file__).parents[2] / "shared/data"))
FILES = {
    "models-dev": "models_dev_api.json",
    "litellm": "litellm_model_prices.json",
    "openrouter": "openrouter_models.json",
    "genai-prices": "genai_prices_v2.json",
}
LATER_MAP = "litellm_model_prices_1.110.2.json"
"""LiteLLM's map three weeks later, with aliases, successors and windows by weekday."""
MISSING = (
    f"No real catalogs in {DATA}: REAL_CATALOGS names the folder that holds {', '.join(FILES.values())}."
)


def are_here():
    """Say whether all files are here."""
    return all((DATA / file).is_file() for file in (*FILES.values(), LATER_MAP))


def planned(name, mode="models", at=AT, file=None):
    """Plan the import of one catalog."""
    file = file or FILES[name]
    return prepare(ImportScope(name, mode), (DATA / file).read_bytes(), file, at)


def write_one_by_one(models, *, in_step):
    """Write models as a loop of `update_or_create` does, row after row, and undo it.

    `in_step` makes each model's record anew, too, as a loop must where pages are to show what it wrote.
    """
    with transaction.atomic():
        edition = publish.Edition(None, Origin.FILE, "One by one")
        edition.begin()
        for entry in models:
            variant = _model(entry)
            for row in entry.groups.get("sources", []):
                Source.objects.update_or_create(variant=variant, label=row["label"], defaults=row)
            for price in entry.prices:
                _price(variant, price, edition.revision)
            ChangeEvent.objects.create(
                revision=edition.revision, kind=ChangeKind.CATALOG, variant=variant, subject=entry.model_id
            )
            if in_step:
                build_records.rebuild([variant.pk], edition.revision.number)
        transaction.set_rollback(True)


def _model(entry):
    provider = entry.family.partition(".")[0]
    maker, _ = Provider.objects.update_or_create(slug=provider, defaults={"name": provider})
    line, _ = Family.objects.update_or_create(slug=entry.family, defaults={"provider": maker})
    variant, _ = Variant.objects.update_or_create(
        model_id=entry.model_id, defaults={"family": line, **entry.fields}
    )
    return variant


def _price(variant, price, revision):
    columns = price.value.columns()
    Price.objects.update_or_create(
        variant=variant,
        kind=columns.pop("kind"),
        meter=columns.pop("meter"),
        conditions_key=columns.pop("conditions_key"),
        effective_from=price.effective_from,
        defaults={
            **columns,
            "source_url": price.source_url,
            "source_label": price.source_label,
            "checked_on": price.checked_on,
            "note": price.note,
            "revision": revision,
        },
    )
