"""Days of retirement in other catalogs, as statements about the platform that each is about."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from catalog.exchange.document import Citation
from catalog.models import Variant
from catalog.records.end_of_life import EARLIEST, GOVERNED, OTHER, Statement, ending

_CLOUDS = {"bedrock": "bedrock", "azure": "azure", "vertex_ai": "vertex"}
# Google says of its tables that their days are the earliest possible ones.
_EARLIEST = frozenset({"vertex", "gemini"})
# Companies that serve other vendors' models, as LiteLLM names them.
_GATEWAYS = frozenset(
    {
        *("aiand", "aihubmix", "aiml", "anyscale", "baseten", "cerebras", "clf_ai_gateway", "cloudflare"),
        *("crusoe", "databricks", "deepinfra", "fal_ai", "fireworks_ai", "friendliai", "github_copilot"),
        *("gmi", "gradient_ai", "groq", "heroku", "hyperbolic", "kyma", "lambda_ai", "llamagate"),
        *("nebius", "novita", "nscale", "nvidia_nim", "oci", "openrouter", "ovhcloud", "publicai"),
        *("replicate", "sagemaker", "sambanova", "scaleway", "snowflake", "together_ai"),
        *("vercel_ai_gateway", "wandb", "watsonx"),
    }
)


def platform_of(provider: str) -> str:
    """Return the platform of one of LiteLLM's providers.

    >>> platform_of("vertex_ai-language-models"), platform_of("gemini"), platform_of("groq")
    ('vertex', 'vendor', 'other: groq')
    """
    for prefix, platform in _CLOUDS.items():
        if provider.startswith(prefix):
            return platform
    return f"{OTHER}{provider}" if provider in _GATEWAYS else "vendor"


def statement(
    provider: str, retires_on: date | None, cited: Citation, *, source: str = "", successor: str = ""
) -> dict[str, Any] | None:
    """Return what a catalog says of a model's end at a provider, None without a day or successor."""
    if retires_on is None and not successor:
        return None
    platform = platform_of(provider)
    row: dict[str, Any] = {
        "platform": platform,
        "source": source or cited.url,
        "source_label": cited.label,
        "read_on": cited.day.isoformat(),
        "trust": "aggregator",
    }
    if successor:
        row["replacements"] = [successor]
    if retires_on:
        is_earliest = platform in _EARLIEST or provider in _EARLIEST
        row |= {
            "retires_on": retires_on.isoformat(),
            "firmness": EARLIEST if is_earliest else "committed",
        }
    return row


def source_rows(cited: Citation, names: Collection[str], rows: Sequence[Statement]) -> list[dict[str, Any]]:
    """List the sources of fields that a catalog states: dates of an end cite the page it read them on."""
    pages = {row["source"] for row in rows if row["source_label"] == cited.label and row["source"]}
    of_end = {name for name in names if name in GOVERNED or name == "end_of_life"}
    if len(pages) != 1 or pages == {cited.url} or not of_end:
        return [cited.row(names)] if names else []
    others = [name for name in names if name not in of_end]
    return [*([cited.row(others)] if others else []), {**cited.row(of_end), "url": pages.pop()}]


def governed_columns(
    variant: Variant, rows: Sequence[Statement]
) -> tuple[dict[str, Any], list[tuple[str, Any]]]:
    """Return a model's statements with a catalog's own, and what they change; and the disputed columns.

    Nothing that another source states is taken away, and no column that statements have not set.
    """
    stated = {(row["platform"], row["source_label"]): row for row in rows}
    others = [row for row in variant.end_of_life if (row["platform"], row["source_label"]) not in stated]
    merged = [*others, *stated.values()]
    values: dict[str, Any] = {"end_of_life": merged}
    disputed = []
    before, after = ending(variant.end_of_life).columns(), ending(merged).columns()
    for name in sorted(GOVERNED):
        column = getattr(variant, name)
        if after[name] == column or after[name] == before[name]:
            continue
        if column in (None, "", before[name]):
            values[name] = after[name]
        else:
            disputed.append((name, after[name]))
    return values, disputed


def is_governed(name: str, fields: Mapping[str, Any]) -> bool:
    """Whether an entry's statements decide a column."""
    return bool(fields.get("end_of_life")) and name in GOVERNED
