"""The opening of llms.txt: the site, and how programs read it."""

from datetime import datetime

from django.db.models import Count

from catalog.models import Family, Provider, Variant
from catalog.models.variant import retired as is_retired
from catalog.presentation.wording import markdown
from catalog.presentation.wording.subject import read_site
from catalog.records.phrases import NOT_STATED_PROVIDER, count
from pages.llms_lines import link


def opening_lines(at: datetime, revision: str) -> list[str]:
    """List what the catalog is, as of when."""
    site = read_site()
    served, retired = Variant.objects.served(at).count(), Variant.objects.filter(is_retired(at)).count()
    counted = [
        count(served, "model") + (f" served and {retired} retired" if retired else ""),
        count(Family.objects.aggregate(n=Count("pk"))["n"], "family", "families"),
        count(Provider.objects.exclude(slug=NOT_STATED_PROVIDER).count(), "provider"),
    ]
    summary = (
        f"A catalog of AI models: {', '.join(counted)}. Prices with unit, conditions, dates and sources;"
        f" limits; requests to copy. {revision}"
    )
    forms = (
        "Every page is Markdown at its address with `.md`, or by `Accept: text/markdown`. Pages of models,"
        " families, providers, comparisons, prices, status and changes are JSON with `.json`."
        " `?at=2026-11-01` shows any of them with the prices of that day. A model's page holds requests that"
        " are ready to run. Calls go to"
        f" {markdown.code(site.calls.api_base_url)} with the key in {markdown.code(site.calls.api_key_env)}."
        f" Reading needs no key. Names and notes: {markdown.DATA}"
    )
    return [f"# {markdown.text(site.name)}", "", f"> {summary}", "", forms, ""]


def start_lines() -> list[str]:
    """List where a program starts."""
    filters = (
        "`q`, `provider`, `family`, `modality`, `input_modality`, `capability` and `lifecycle` filter;"
        " `sort=input_price`, `-released_on` or `-context_window` orders"
    )
    narrowed = (
        "an example; `&family=` keeps the models of one family, by the name in its address, and"
        " `&at=2026-11-01` gives the prices of that day"
    )
    cheapest = "/models?input_modality=image&sort=input_price"
    return [
        "## Start here",
        "",
        link("All models", "/models", filters),
        link("Models that read images, the cheapest first", cheapest, narrowed),
        link("Prices", "/pricing", "all prices in force, with what each is per; `q`, `provider`, `sort`"),
        link("Compare", "/compare", "two to six models: `/compare.md?models=a,b`"),
        link("Search", "/search", "models, families, providers and documentation: `/search.md?q=`"),
        link("Providers", "/providers"),
        link(
            "Skills",
            "/skills",
            "for coding agents: one for each family, and one of the catalog itself",
        ),
        link("Changes", "/changes", "what changed in the catalog, the newest first"),
        link("Status", "/status", "what is in trouble now"),
        link("OpenAPI", "/api/v1/openapi.json", "the JSON API under `/api/v1`, read-only", is_twin=False),
    ]
