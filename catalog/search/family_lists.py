"""Families and providers for pages, in slices that the database cuts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, Lower, RowNumber

from catalog.models import Family, Provider, Variant
from catalog.models.variant import retired

# A catalog of at most so many families is shown whole.
WHOLE = 100
LARGEST = 30
OF_A_PROVIDER = 12


@dataclass(frozen=True, slots=True)
class FamilyGroup:
    """Families of one kind of content, by name; the largest only."""

    modality: str
    families: list[Any]
    family_count: int
    model_count: int

    @property
    def more(self) -> int:
        """Return how many families are left out."""
        return self.family_count - len(self.families)


def groups(at: datetime) -> list[FamilyGroup]:
    """Group families by content; three queries.

    Models are counted by their own content, as lists do: a video family may have models that draw.
    """
    served = Count("variants", filter=~retired(at, "variants__"))
    family_counts = _by_modality(Family.objects.all())
    model_counts = _by_modality(Variant.objects.served(at))
    families_in_order = Family.objects.select_related("provider").annotate(model_count=served)
    if sum(family_counts.values()) > WHOLE:
        families_in_order = families_in_order.filter(pk__in=_largest(at))
    members: dict[str, list[Family]] = {}
    for family in families_in_order.order_by(Lower("name"), "pk"):
        members.setdefault(family.modality, []).append(family)
    return [
        FamilyGroup(word, families, family_counts[word], model_counts.get(word, 0))
        for word, families in members.items()
    ]


def _by_modality(rows: QuerySet[Any]) -> dict[str, int]:
    counted = rows.order_by().values("modality").annotate(number=Count("pk"))
    return dict(counted.values_list("modality", "number"))


def _largest(at: datetime) -> list[int]:
    """Return the families with the most models, by content."""
    counted = Variant.objects.served(at).filter(family=OuterRef("pk")).order_by().values("family")
    size = Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)
    place = Window(RowNumber(), partition_by=F("modality"), order_by=[F("size").desc(), Lower("name"), "pk"])
    ranked = Family.objects.annotate(size=size).annotate(place=place).filter(place__lte=LARGEST)
    return list(ranked.order_by().values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Maker:
    """A provider with its families and number of models."""

    slug: str
    name: str
    model_count: int
    named: list[Family]
    more: int


def makers(at: datetime, start: int, stop: int) -> list[Maker]:
    """List providers by name; four queries."""
    # The page is cut first: counts are then taken of its providers only.
    pks = list(Provider.objects.order_by(Lower("name"), "pk").values_list("pk", flat=True)[start:stop])
    families = Family.objects.order_by("name", "slug")
    if Family.objects.count() > WHOLE:
        families = families[:OF_A_PROVIDER]
    providers = Provider.objects.filter(pk__in=pks).annotate(
        model_count=Count("families__variants", filter=~retired(at, "families__variants__")),
        family_count=Count("families", distinct=True),
    )
    named = Prefetch("families", families, to_attr="named")
    return [
        Maker(row.slug, row.display_name, row.model_count, row.named, row.family_count - len(row.named))
        for row in providers.order_by(Lower("name"), "pk").prefetch_related(named)
    ]
