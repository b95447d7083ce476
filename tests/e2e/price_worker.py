"""A process of its own that edits prices: started several at a time, and killed, by the tests of races."""

import json
import os
import sys
from decimal import Decimal
from itertools import pairwise, product
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402 - the path comes first

django.setup()

from django.db import OperationalError  # noqa: E402
from django.db.models import Count, F, Q  # noqa: E402

import first_write  # noqa: E402
from catalog.models import ChangeSet, Document, Price, Variant  # noqa: E402
from catalog.pricing.price import PriceValue  # noqa: E402
from catalog.pricing.units import METERS  # noqa: E402
from catalog.publishing import change_sets, drafts  # noqa: E402
from catalog.vocabulary import PriceKind, PriceState  # noqa: E402
from small import REPLACEMENT, TOKENS  # noqa: E402

METER = "output_tokens"
STEP = Decimal("0.000001")
WHY = {"reason": "One of many edits at once", "source_label": "Race"}


def race(times):
    """Raise one price so many times by a millionth of a dollar; what is lost to another is tried again."""
    lost = 0
    done = 0
    while done < times:
        price = Price.objects.select_related("variant__family").get(
            variant__model_id=TOKENS, kind="sell", meter=METER, conditions_key="{}", effective_until=None
        )
        wanted = drafts.PriceDraft.change(price, PriceState.KNOWN, price.amount + STEP)
        try:
            change_sets.approve(drafts.draft(None, edits=[wanted], **WHY), None)
            done += 1
        except change_sets.RefusedError:
            lost += 1
        except OperationalError as error:
            if "locked" not in str(error):
                raise
            lost += 1
    return {"done": done, "lost": lost}


def prepare(count):
    """Draft a set of so many edits: every open price a quarter dearer, and new ones."""
    variants = Variant.objects.select_related("family").exclude(model_id=REPLACEMENT)  # has one announced
    rows = Price.objects.select_related("variant__family").filter(
        effective_until=None, state="known", variant__in=variants
    )
    edits = [
        drafts.PriceDraft.change(row, PriceState.KNOWN, (row.amount * 5 / 4).quantize(Decimal("1E-6")))
        for row in rows
    ][:count]
    priced = {(row.variant, row.kind, row.meter) for row in rows}
    for variant, kind, meter in product(variants, PriceKind.values, METERS):
        if (variant, kind, meter) not in priced:
            value = PriceValue(kind=kind, meter=meter, per=METERS[meter].per, amount=Decimal(1))
            edits.append(drafts.PriceDraft(variant, None, value))
    assert len(edits) >= count
    return {"pk": drafts.draft(None, edits=edits[:count], **WHY).pk}


def apply(pk):
    """Approve a set."""
    with first_write.announced():
        found = change_sets.approve(ChangeSet.objects.get(pk=pk), None)
    return {"revision": found.revision_id}


def state(pk=0):
    """Say what stands in the database."""
    prices = Price.objects.filter(variant__model_id=TOKENS, kind="sell", meter=METER, conditions_key="{}")
    overlaps = Price.objects.values("variant", "kind", "meter", "conditions_key").annotate(
        open=Count("pk", filter=Q(effective_until=None))
    )
    found = ChangeSet.objects.filter(pk=pk).first()
    created = found.edits.filter(created__isnull=False).count() if found else 0
    chain = list(prices.order_by("effective_from").values_list("effective_from", "effective_until"))
    return {
        "amount": str(prices.get(effective_until=None).amount),
        "rows": len(chain),
        "gaps": sum(one[1] != other[0] for one, other in pairwise(chain)),
        "overlaps": overlaps.filter(open__gt=1).count(),
        "set": found.state if found else None,
        "created": created,
        "of_set": Price.objects.filter(reason=WHY["reason"], source_label="Race").count(),
        "stale": Document.objects.filter(revision__lt=F("variant__prices__revision")).count(),
    }


if __name__ == "__main__":
    modes = {"race": race, "prepare": prepare, "apply": apply, "state": state}
    print(json.dumps(modes[sys.argv[1]](*map(int, sys.argv[2:]))), flush=True)  # noqa: T201
