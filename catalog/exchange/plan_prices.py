"""Compares the prices of a model with those on record."""

from copy import copy
from dataclasses import replace

from django.utils import timezone

from catalog.exchange.document import ModelEntry, PriceEntry
from catalog.exchange.known_rows import prices_by_key
from catalog.exchange.plan_lines import Plan, Verb
from catalog.models import Price, Variant
from catalog.publishing.event_values import in_words
from catalog.vocabulary import Origin


def plan_prices(load_plan: Plan, variant: Variant, entry: ModelEntry, *, force: bool) -> None:
    """Plan the prices of a model on record."""
    known = prices_by_key(variant)
    for price in sorted(entry.prices, key=lambda row: row.effective_from):
        rows = known.setdefault(price.value.key, [])
        if price.factor is not None and _is_stated(price, rows, entry):
            # What a factor makes never overrides what is stated.
            load_plan.unchanged += 1
            continue
        before = len(load_plan.prices) + len(load_plan.successors)
        _price(load_plan, variant, price, rows, force=force)
        _end(
            load_plan, variant, price, [row for row in entry.prices if row.value.key == price.value.key], rows
        )
        # What has an end, as a promotion, is followed by another row of the same file.
        if price.effective_until and len(load_plan.prices) + len(load_plan.successors) > before:
            rows.append(_planned(_in_unit_of(rows[-1], price) if rows else price))


def _is_stated(product: PriceEntry, known: list[Price], entry: ModelEntry) -> bool:
    """Whether a stated price on record goes on where a product would begin."""
    if not known or known[-1].factor is not None:
        return False
    # On record it may have no end yet: the product then ends it.
    ends = {known[-1].effective_until}
    ends |= {
        row.effective_until
        for row in entry.prices
        if (row.value, row.effective_from) == (known[-1].value, known[-1].effective_from)
    }
    return not any(end and end <= product.effective_from for end in ends)


def _price(load_plan: Plan, variant: Variant, entry: PriceEntry, known: list[Price], *, force: bool) -> None:
    same_time = next((row for row in known if row.effective_from == entry.effective_from), None)
    last = known[-1] if known else None
    if same_time is not None:
        if same_time.value == entry.value:
            _confirm(load_plan, variant, same_time, entry)
        else:
            reason = "a price in force is never edited: state its successor with a later effective_from"
            _price_line(load_plan, "conflict", variant, entry, reason)
    elif last is None:
        load_plan.prices.append((variant, entry))
        _price_line(load_plan, "new", variant, entry, "no price was on record")
    # Older than the price on record: history is not written again.
    elif entry.effective_from < last.effective_from:
        load_plan.unchanged += 1
    elif last.value == entry.value and last.effective_until is None:
        _confirm(load_plan, variant, last, entry)
    elif last.origin == Origin.ADMIN and not force:
        _price_line(
            load_plan, "conflict", variant, entry, "the price on record was set in the admin, left alone"
        )
    elif load_plan.document.cited and last.source_label != entry.source_label and not force:
        _price_line(
            load_plan, "conflict", variant, entry, f"{last.source_label or 'the record'} says otherwise"
        )
    elif last.effective_until is not None and last.effective_until <= entry.effective_from:
        load_plan.prices.append((variant, _in_unit_of(last, entry)))
        _price_line(load_plan, "new", variant, entry, "the last price on record has ended")
    elif last.effective_until is not None or last.effective_from > timezone.now():
        _price_line(load_plan, "conflict", variant, entry, "another change is already announced")
    elif (last.per, last.currency) != (entry.value.per, entry.value.currency):
        reason = (
            f"the price on record is per {last.per} in {last.currency}: a successor keeps unit and currency"
        )
        _price_line(load_plan, "conflict", variant, entry, reason)
    else:
        load_plan.successors.append((last, entry))
        _price_line(load_plan, "change", variant, entry, f"was {in_words(last.amount)}")


def _end(
    load_plan: Plan, variant: Variant, entry: PriceEntry, same: list[PriceEntry], known: list[Price]
) -> None:
    """End a row on record that the file ends, and that no other of the file succeeds."""
    until = entry.effective_until
    if until is None or any(other.effective_from == until for other in same):
        return
    for at, row in enumerate(known):
        is_row = (row.value, row.effective_from) == (entry.value, entry.effective_from)
        is_open = row.pk is not None and row.effective_until is None
        if is_row and is_open and (row.origin != Origin.ADMIN or load_plan.force):
            # The rows of the plan that follow see its end, and the row itself none until it is written.
            known[at] = copy(row)
            known[at].effective_until = until
            load_plan.ended.append((row, until))
            _price_line(load_plan, "change", variant, entry, f"it ends on {until:%Y-%m-%d}")


def _in_unit_of(before: Price, entry: PriceEntry) -> PriceEntry:
    """Return a price as doubtful as the one that it follows at once, unless the file says so or otherwise."""
    if entry.unit_is_inferred is not None or before.effective_until not in (None, entry.effective_from):
        return entry
    return replace(entry, unit_is_inferred=before.is_doubtful or None)


def _planned(entry: PriceEntry) -> Price:
    return Price(
        **entry.value.columns(),
        effective_from=entry.effective_from,
        effective_until=entry.effective_until,
        source_label=entry.source_label,
        factor=entry.factor,
        unit_is_inferred=bool(entry.unit_is_inferred),
        omits=entry.omits,
        origin=Origin.FILE,
    )


def _confirm(load_plan: Plan, variant: Variant, row: Price, entry: PriceEntry) -> None:
    if row.factor is not None and entry.factor is None and row.pk:
        load_plan.stated.add(row.pk)
    is_own = (
        row.source_label == entry.source_label if load_plan.document.cited else row.origin != Origin.ADMIN
    )
    if is_own and row.pk and _is_new(row, entry, cited=bool(load_plan.document.cited)):
        load_plan.doubted.append((row, entry))
        _price_line(load_plan, "change", variant, entry, _doubts(entry))
    if entry.checked_on and (row.checked_on is None or entry.checked_on > row.checked_on):
        load_plan.checked.append((row, entry))
    else:
        load_plan.unchanged += 1


def _is_new(row: Price, entry: PriceEntry, *, cited: bool) -> bool:
    if row.omits != entry.omits:
        return True
    # Another catalog reads what is on record already: it knows no more of its beginning.
    if cited:
        return False
    # Only the same row: a later reading of a price says nothing of its beginning.
    if row.effective_from != entry.effective_from:
        return False
    is_settled = row.unit_confirmed_at is not None or entry.unit_is_inferred is None
    is_unit_new = not is_settled and row.unit_is_inferred != entry.unit_is_inferred
    return is_unit_new or row.on_record_since != entry.on_record_since


def _doubts(entry: PriceEntry) -> str:
    since = "only the day of reading is known" if entry.on_record_since else "in force since then"
    omitted = f"; without {entry.omits}" if entry.omits else ""
    return f"{since}; unit {'inferred' if entry.unit_is_inferred else 'stated'}{omitted}"


def _price_line(load_plan: Plan, verb: Verb, variant: Variant, entry: PriceEntry, reason: str) -> None:
    price = entry.value
    where = f" {price.conditions.canonical}" if price.conditions.items else ""
    amount = price.state if price.amount is None else f"{price.amount:f} {price.currency}"
    text = (
        f"{price.kind} {price.meter}{where}: {amount} per {price.per:,} from {entry.effective_from:%Y-%m-%d}"
    )
    load_plan.add(verb, variant.model_id, f"{text} ({reason})", entry.place)
