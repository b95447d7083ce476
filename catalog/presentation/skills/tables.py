"""A skill's tables."""

from collections.abc import Iterable, Sequence

from catalog.comparison.superlatives import ranks
from catalog.comparison.table import DOES_NOT_APPLY
from catalog.presentation.skills.names import file_stem
from catalog.presentation.skills.skill import FOLDER
from catalog.presentation.wording import markdown
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import price_suffix
from catalog.records.facts import Facts, lowest
from catalog.records.fields import BY_NAME
from catalog.records.phrases import amount, content, lifecycle_word, marked, priced
from catalog.text.dates_and_ratios import spoken
from catalog.vocabulary import CAPABILITIES

NOT_STATED = "Not stated"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table of Markdown cells."""
    head = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    return [*head, *(f"| {' | '.join(row)} |" for row in rows)]


def choice(members: Iterable[Facts], schemas: dict[str, str]) -> list[str]:
    """Return the table of models; `schemas` maps IDs to files."""
    rows = [
        (
            markdown.cell_code(member.record["model_id"]),
            markdown.text(price(member)),
            _limit(member, "context_window"),
            _limit(member, "max_output_tokens"),
            _kinds(member.record["input_modalities"]),
            _stage(member),
            _file(schemas.get(member.record["model_id"], "")),
        )
        for member in members
    ]
    columns = ("Model ID", "Price", "Context tokens", "Max output tokens", "Reads", "Stage", "Parameters")
    return table(columns, rows)


def everything(members: Iterable[Facts], site: str) -> list[str]:
    """Return what tells models apart."""
    lines: list[str] = []
    for member in members:
        record = member.record
        facts = {
            "Model ID": markdown.code(record["model_id"]),
            "Other IDs": ", ".join(markdown.code(one) for one in record["aliases"]),
            "Price": markdown.text(price(member)),
            "Reads": _kinds(record["input_modalities"]),
            "Writes": _kinds(record["output_modalities"]),
            "Context window": _tokens(record["context_window"]),
            "Max output": _tokens(record["max_output_tokens"]),
            "Knowledge cutoff": _day(record["knowledge_cutoff"]),
            "Released": _day(record["released_on"]),
            "Stage": _stage(member),
            "Capabilities": markdown.text(
                ", ".join(CAPABILITIES.get(word, word) for word in record["capabilities"])
            ),
            "Does not support": markdown.text(
                ", ".join(CAPABILITIES.get(word, word) for word in record["lacks"])
            ),
            "Actions": ", ".join(markdown.code(one) for one in record["actions"]),
            "Page": f"<{markdown.address(record['path'], site)}.md>",
        }
        lines += ["", f"## {markdown.text(record['name'])}", ""]
        lines += [f"- {label}: {value}" for label, value in facts.items() if value and value != NOT_STATED]
    return lines


def firsts(members: Sequence[Facts]) -> list[str]:
    """List superlatives."""
    ids_by_title: dict[tuple[str, str], list[str]] = {}
    for member in members:
        for rank in ranks(member, members):
            value = rank.text.partition(":")[0]
            ids_by_title.setdefault((rank.title, value), []).append(member.record["model_id"])
    return [
        f"- {markdown.text(title)}: {', '.join(markdown.code(one) for one in ids)} ({markdown.piece(value)})"
        for (title, value), ids in ids_by_title.items()
    ]


def price(member: Facts) -> str:
    """Return a plain call's price, and whether it is a list price."""
    pair = [row for meter in ("input_tokens", "output_tokens") if (row := member.quoted(meter))]
    # One sentence needs both prices of one kind and unit.
    if len(pair) == 2 and len({(row["kind"], row["per"]) for row in pair}) == 1:
        text = f"{amount(pair[0])} in, {amount(pair[1])} out {price_suffix(pair[0]['meter'], pair[0]['per'])}"
        return marked(text, is_inferred=any(row["unit_is_inferred"] for row in pair)) + _whose(pair[0])
    rows = member.sell or member.listed
    cheapest = lowest(rows)
    if cheapest:
        return f"{'from ' if cheapest.is_from else ''}{priced(cheapest.price)}{_whose(cheapest.price)}"
    return f"{amount(rows[0])}{_whose(rows[0])}" if rows else "Not on record"


def schema_file(member: Facts) -> str:
    """Return the name of a parameters file."""
    return f"{FOLDER}parameters-{file_stem(member.record['slug'])}.json"


def _whose(row: PriceRecord) -> str:
    return " (list price)" if row["kind"] == "list" else ""


def _tokens(number: int | None) -> str:
    return f"{number:,} tokens" if number else NOT_STATED


def _limit(member: Facts, name: str) -> str:
    field = BY_NAME[name]
    words = field.type.words(field.value(member.record))
    return words[0] if words else NOT_STATED if field.applies_to(member.record) else DOES_NOT_APPLY


def _kinds(kinds: list[str]) -> str:
    return markdown.text(content(kinds)) if kinds else NOT_STATED


def _day(day: str | None) -> str:
    return markdown.text(spoken(day)) if day else ""


def _stage(member: Facts) -> str:
    if member.is_retired:
        return lifecycle_word(member)
    retires, earliest = member.record["retires_on"], member.record["retires_not_before"]
    until = f", until {retires}" if retires else f", retires not before {earliest}" if earliest else ""
    return lifecycle_word(member) + until


def _file(name: str) -> str:
    return f"[schema]({name})" if name else "Not on record"
