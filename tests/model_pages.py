"""Contexts of model pages for tests, made from records without a database."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from catalog.presentation.wording.subject import Site
from catalog.records.facts import facts
from catalog.records.promises import YES
from catalog.records.record import EndpointRecord, Record
from catalog.snippets import SiteSettings
from factories import a_record
from pages.model_context import ModelContext

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def a_context(
    record: Record,
    siblings: Iterable[Record] = (),
    *,
    family_source: str = "",
    query: Mapping[str, str] | None = None,
    promises: Iterable[str] = (),
    **site: str,
) -> ModelContext:
    """A page's context at noon on 23 November 2026."""
    this = facts(record, NOON)
    return ModelContext(
        this=this,
        family=[this, *(facts(other, NOON) for other in siblings)],
        family_source=family_source,
        site=Site(
            name="RunAPI",
            url="https://catalog.example",
            support_email=site.get("support_email", ""),
            support_url=site.get("support_url", ""),
            calls=SiteSettings(api_base_url="https://runapi.ai", api_key_env="RUNAPI_KEY"),
        ),
        query=query or {},
        promises=dict.fromkeys(promises, YES),
    )


def an_endpoint(path: str = "/v1/messages", **changed: Any) -> EndpointRecord:
    """An Anthropic Messages address."""
    row = {"method": "POST", "protocol": "anthropic-messages", "action": None, "task_type": None}
    return {**row, "path": path, **changed}  # type: ignore[return-value, typeddict-item]


def a_text_model(**changed: Any) -> Record:
    """A synchronous model of the Linden family."""
    return a_record(**{"task_type": "synchronous", "endpoints": [an_endpoint()], **changed})


def a_task_model(model_id: str = "swirl-9", **changed: Any) -> Record:
    """An asynchronous video model with one action."""
    action = {"protocol": "task", "action": "text_to_video"}
    create = an_endpoint("/api/v1/swirl/text_to_video", task_type="asynchronous", **action)
    poll = an_endpoint("/api/v1/swirl/text_to_video/{task_id}", method="GET", **action)
    made = {
        "provider": {"slug": "kestrel", "name": "Kestrel"},
        "family": {"slug": "swirl", "name": "Swirl"},
        "modality": "video",
        "task_type": "asynchronous",
        "actions": ["text_to_video"],
        "endpoints": [create, poll],
    }
    return a_record(model_id, **{**made, **changed})
