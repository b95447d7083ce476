"""Defects of prices, planted one by one: the lint reports each."""

from copy import deepcopy
from decimal import Decimal

SEED = "claude-sonnet-4-5-20250929"
IMAGE = "flux-2-flex-text-to-image"


def rules(problems):
    return {problem.rule for problem in problems}


def test_a_billing_unit_that_differs_from_the_price_rows_is_reported(lint):
    found = lint.model(SEED, {"<td>per 1M tokens</td>": "<td>1K tokens</td>"})
    assert rules(found) == {"unit", "specification"}


def test_a_cache_row_without_its_unit_is_reported(lint):
    html = lint.html(lint.path(SEED))
    row = html[html.index('<th scope="row">Cache read</th>') :].partition("</tr>")[0]
    found = lint.model(SEED, {row: row.replace("1M tokens", "")})
    assert [problem.rule for problem in found] == ["unit"]
    assert "without its unit" in found[0].message


def test_a_price_under_a_condition_that_no_request_can_meet_is_reported(lint):
    image = deepcopy(lint.members[IMAGE].record["prices"])
    for name, meant in {"output_resolutoin": "output_resolution", "colour": ""}.items():
        image[0] |= {"conditions": {name: "1k"}, "kind": "sell"}
        (found,) = (row for row in lint.record(IMAGE, prices=image) if row.rule == "condition")
        assert f"The condition {name} is neither built in nor a parameter" in found.message
        assert f"Did you mean {meant}?" in found.message or not meant
    # A list price may depend on what its provider's own API has.
    image[0] |= {"conditions": {"colour": "1k"}, "kind": "list"}
    assert not any(row.rule == "condition" for row in lint.record(IMAGE, prices=image))
    # Where no parameters are recorded nobody can tell, but for what is a slip of a built-in name.
    bare = next(name for name, row in lint.members.items() if row.prices and not row.record["parameters"])
    prices = deepcopy(lint.members[bare].record["prices"])
    for name, count in {"service_teir": 1, "colour": 0}.items():
        prices[-1]["conditions"] = {name: "1k"}
        assert [row.rule for row in lint.record(bare, prices=prices)].count("condition") == count


def test_an_amount_rounded_to_cents_is_reported(lint):
    exact = next(
        (model_id, price["amount"])
        for model_id, this in lint.members.items()
        for price in this.prices
        if price["amount"] and len(price["amount"].partition(".")[2]) > 2
    )
    model_id, amount = exact
    rounded = f"${Decimal(amount):.2f}"
    found = lint.model(model_id, {f"${amount}": rounded})
    assert any(problem.rule == "amount" and rounded in problem.message for problem in found)


def test_words_of_calls_beside_token_prices_are_reported(lint):
    said = "is priced per 1M tokens."
    found = lint.model(SEED, {said: f"{said} Per-call pricing, billed per completed request."})
    assert "beside token prices" in " ".join(problem.message for problem in found if problem.rule == "unit")


def test_a_media_model_billed_by_call_beside_prices_per_image_is_reported(lint):
    found = lint.model(IMAGE, {"<td>per image</td>": "<td>call</td>"})
    assert rules(found) == {"specification"}


def test_a_price_of_another_family_with_the_same_action_is_reported(lint):
    """A price belongs to one model by its key in the database; only a page could still mix two up."""
    one, other = _two_families_with_one_action(lint)
    mine = {row["amount"] for this in lint.family(one) for row in this.record["prices"]}
    foreign = next(
        row["amount"]
        for this in lint.family(other)
        for row in this.record["prices"]
        if row["amount"] not in mine and "." in row["amount"] and len(row["amount"].partition(".")[2]) > 1
    )
    own = next(row["amount"] for row in lint.members[one].prices if row["conditions"].get("action"))
    found = lint.model(one, {f'<data value="{own}">${own}': f'<data value="{foreign}">${foreign}'})
    assert any(problem.rule == "amount" and foreign in problem.message for problem in found)


def _two_families_with_one_action(lint):
    owners = {}
    for model_id, this in lint.members.items():
        for row in this.prices:
            action, family = row["conditions"].get("action"), this.record["family"]["slug"]
            if not action or not row["amount"] or len(row["amount"].partition(".")[2]) < 2:
                continue
            first = owners.setdefault(action, (family, model_id))
            if first[0] != family:
                return first[1], model_id
    raise AssertionError("no action is priced in two families")


def test_a_fallback_rounded_to_cents_beside_finer_tiers_is_reported(lint):
    model_id, row = next(
        (model_id, row)
        for model_id, this in lint.members.items()
        for row in this.prices
        if row["amount"]
        and len(row["amount"].partition(".")[2]) > 2
        and any(other["conditions"] != row["conditions"] for other in this.prices)
    )
    rounded = f"{Decimal(row['amount']):.2f}"
    known = {price["amount"] for this in lint.family(model_id) for price in this.record["prices"]}
    assert str(Decimal(rounded).normalize()) not in known
    found = lint.model(model_id, {f">${row['amount']}<": f">${rounded}<"})
    assert any(problem.rule == "amount" and rounded in problem.message for problem in found)


def test_two_units_for_one_meter_are_reported(lint):
    prices = [dict(row) for row in lint.members[SEED].record["prices"]]
    other = {**prices[0], "id": 0, "per": 1_000, "conditions": {"service_tier": "flex"}}
    found = lint.record(SEED, prices=[*prices, other])
    assert any("one unit only" in problem.message for problem in found if problem.rule == "price")


def test_a_price_without_a_source_is_reported(lint):
    prices = [{**row, "source_label": ""} for row in lint.members[SEED].record["prices"]]
    assert rules(lint.record(SEED, prices=prices)) == {"source"}


def test_an_amount_that_is_not_plain_is_reported(lint):
    rows = lint.members[SEED].record["prices"]
    prices = [{**row, "amount": row["amount"].replace("1.5", "1.50")} for row in rows]
    found = lint.record(SEED, prices=prices)
    assert any("'1.50' is not a plain decimal" in problem.message for problem in found)
