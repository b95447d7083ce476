"""The table of all prices: its state and its rows."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from catalog.models import Price
from catalog.pricing.conditions import describe
from catalog.pricing.money import plain, usd
from catalog.pricing.price import price_as_json
from catalog.pricing.units import METERS, unit_label
from catalog.records.phrases import STATES, action_label, billed_per_call, marked, promotion
from catalog.search.price_list import SORTS, ComponentPrice
from catalog.search.selection import MOST_TERMS
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import mark, say
from catalog.vocabulary import PriceState
from pages.instants import stamp

PER_PAGE = 100
LONGEST_QUERY = 200
KINDS = {"": mark("All"), "sell": mark("Sell prices"), "list": mark("List price only")}
HEADS = {
    "model": mark("Model"),
    "component": mark("Component"),
    "sell": mark("Price"),
    "list": mark("List price"),
    # Of a price that is known to hold since a day, its cell says so.
    "since": mark("On record since"),
    "provider": mark("Provider"),
}
NUMBERS = ("sell", "list")
# All that `read` and `read_page` read.
NAMES = ("q", "kind", "provider", "sort", "page")


@dataclass(frozen=True, slots=True)
class TableFilters:
    """Filters and order of the table."""

    q: str = ""
    kind: str = ""
    provider: str = ""
    sort: str = "model"

    @property
    def filters(self) -> Q:
        """Return the conditions; each word must be in some name."""
        condition = Q(kind=self.kind) if self.kind else Q()
        if self.provider:
            condition &= Q(variant__family__provider__slug=self.provider)
        # Each term searches four columns, so their number is bounded.
        for term in self.q.split()[:MOST_TERMS]:
            condition &= (
                Q(variant__model_id__icontains=term)
                | Q(variant__name__icontains=term)
                | Q(variant__family__name__icontains=term)
                | Q(variant__family__provider__name__icontains=term)
            )
        return condition


@dataclass(frozen=True, slots=True)
class Amount:
    """One price of a row."""

    text: str
    value: str = ""  # the exact decimal
    is_known: bool = True
    is_inferred: bool = False  # its unit

    @property
    def words(self) -> str:
        """Return the amount as text, marked where its unit is inferred."""
        return marked(self.text, is_inferred=self.is_inferred)


@dataclass(frozen=True, slots=True)
class PriceTableRow:
    """One component of one model."""

    name: str
    model_id: str
    path: str
    provider: str
    component: str
    unit: str
    sell: Amount
    listed: Amount
    conditions: list[str]
    since: str
    since_iso: str
    is_read: bool


@dataclass(frozen=True, slots=True)
class TableLink:
    """A column head or filter; `direction` is for `aria-sort`."""

    label: str
    url: str
    is_current: bool = False
    direction: str = ""
    is_number: bool = False


def read(query: QueryDict) -> TableFilters:
    """Read the query leniently: an unknown order or kind is ignored, an unknown provider finds nothing."""
    sort, kind = query.get("sort", "model"), query.get("kind", "")
    return TableFilters(
        q=query.get("q", "").replace("\0", " ").strip()[:LONGEST_QUERY],
        kind=kind if kind in KINDS else "",
        provider=query.get("provider", "").replace("\0", "").strip()[:LONGEST_QUERY],
        sort=sort if sort.removeprefix("-") in SORTS else "model",
    )


def address(filters: TableFilters, page: int = 1) -> str:
    """Return a state's canonical address."""
    pairs = [(name, value) for name in ("q", "kind", "provider") if (value := getattr(filters, name))]
    if filters.sort != "model":
        pairs.append(("sort", filters.sort))
    if page > 1:
        pairs.append(("page", str(page)))
    return f"/pricing?{urlencode(pairs)}" if pairs else "/pricing"


def heads(filters: TableFilters) -> list[TableLink]:
    """Return the column heads that sort; the current one reverses."""
    links = []
    for key, label in HEADS.items():
        is_current = filters.sort.removeprefix("-") == key
        is_down = filters.sort.startswith("-")
        target = f"-{key}" if is_current and not is_down else key
        direction = ("descending" if is_down else "ascending") if is_current else ""
        url = address(replace(filters, sort=target))
        links.append(TableLink(say(label), url, is_current, direction, is_number=key in NUMBERS))
    return links


def kinds(filters: TableFilters) -> list[TableLink]:
    """Return the choice of whose prices to show."""
    return [
        TableLink(say(label), address(replace(filters, kind=key)), filters.kind == key)
        for key, label in KINDS.items()
    ]


def write(row: ComponentPrice) -> PriceTableRow:
    """Return one component as a row."""
    price, variant = row.shown, row.shown.variant
    return PriceTableRow(
        name=variant.display_name,
        model_id=variant.model_id,
        path=variant.path,
        provider=variant.family.provider.display_name,
        component=_component(price),
        unit=unit_label(price.meter, price.per),
        sell=_amount(row.sell),
        listed=_amount(row.listed),
        conditions=[*_conditions(price), *_promotions(row)],
        since=spoken(price.effective_from.date().isoformat()),
        since_iso=stamp(price.effective_from),
        is_read=price.on_record_since is not None,
    )


def _component(price: Price) -> str:
    meter, action = METERS[price.meter], action_label(str(price.conditions.get("action", "")))
    # What a media model makes is named by its action, and tokens by their meter.
    if meter.group != "tokens":
        return action or meter.label
    return f"{meter.label}, {action.lower()}" if action else meter.label


def _conditions(price: Price) -> list[str]:
    words = describe({key: value for key, value in price.conditions.items() if key != "action"})
    return [*words, *billed_per_call(price_as_json(price, price.conditions))]


def _promotions(row: ComponentPrice) -> list[str]:
    return [
        promotion(spoken(price.effective_until.date().isoformat()), is_beside=price is not row.shown)
        for price in (row.sell, row.listed)
        if price is not None and price.is_promotion and price.effective_until
    ]


def _amount(price: Price | None) -> Amount:
    if price is None:
        return Amount(say("Not on record"), is_known=False)
    if price.state == PriceState.KNOWN and price.amount is not None:
        return Amount(usd(price.amount, price.currency), plain(price.amount), is_inferred=price.is_doubtful)
    return Amount(say(STATES.get(PriceState(price.state), price.state)))
