"""Whatever is priced: exact, chosen by the rules, and nothing left out."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given

from catalog.pricing.quote import PriceRow, Usage, cost, quote, tied_rows
from pricing_samples import exact_amounts, many, pers, plainly_found, price_rows, quantities, usages


@many
@given(quantities, exact_amounts, pers)
def test_every_cost_is_exact(quantity: Decimal | int, amount: Decimal, per: int) -> None:
    found = cost(Decimal(quantity), amount, per)
    assert Fraction(found) == Fraction(quantity) * Fraction(amount) / per


@many
@given(price_rows(), usages)
def test_every_quote_is_exact_and_leaves_nothing_out(rows: list[PriceRow], asked: Usage) -> None:
    found = quote(rows, asked)
    by_id = {row.id: row for row in rows}
    exact = Fraction(0)
    for line in found.lines:
        value = by_id[line.price_id].value
        assert plainly_found(rows, line.meter, asked) == [line.price_id]
        assert value.amount is not None
        assert line.unit_amount == value.amount
        used = Fraction(asked.quantities[line.meter])
        assert Fraction(line.amount) == used * Fraction(value.amount) / value.per
        exact += Fraction(line.amount)
    assert Fraction(found.subtotal) == exact
    told = {line.meter for line in found.lines} | {gap.meter for gap in found.unpriced}
    assert told >= {name for name, quantity in asked.quantities.items() if quantity}
    for gap in found.unpriced:
        best = [by_id[number] for number in plainly_found(rows, gap.meter, asked)]
        states = {"not_published": len(best) == 0, "ambiguous": len(best) > 1}
        assert states.get(gap.reason, len(best) == 1 and best[0].value.state == gap.reason)
    assert (found.total is None) is (bool(found.unpriced) or not found.lines)


@many
@given(price_rows(), usages)
def test_rows_without_a_tie_never_leave_a_usage_ambiguous(rows: list[PriceRow], asked: Usage) -> None:
    spans = {(row.value.kind, row.value.meter, row.value.conditions): row for row in rows}
    kept = list(spans.values())
    ambiguous = any(gap.reason == "ambiguous" for gap in quote(kept, asked).unpriced)
    assert not ambiguous or tied_rows(kept)
