"""Shapes of search results."""

from typing import Literal

from ninja import Field, Schema

from api.schemas.words import KindWord, LifecycleWord


class FoundPrice(Schema):
    """The price to name a model by: input tokens, or the lowest of what is counted."""

    kind: KindWord
    meter: str
    amount: str | None
    currency: str
    unit: str
    is_from: bool = Field(description="Other calls of this model cost more.")


class FoundItem(Schema):
    """One thing that was found. The last three fields are for models, `detail` is for docs."""

    kind: Literal["model", "family", "provider", "docs"]
    id: str = Field(description="A model ID, the slug of a family or provider, the path of a docs page.")
    name: str | None = Field(description="Null of a model whose name no source states.")
    display_name: str
    url: str
    detail: str | None
    lifecycle: LifecycleWord | None
    context_window: int | None
    price: FoundPrice | None


class FoundGroup(Schema):
    """Hits of one kind, the best first."""

    kind: Literal["model", "family", "provider", "docs"]
    count: int
    is_capped: bool = Field(description="There may be more: no more candidates were ranked.")
    items: list[FoundItem]


class SearchResult(Schema):
    """What a query finds; the group with the best hit comes first."""

    q: str
    corrected: str | None = Field(description="What was searched for instead, where nothing holds `q`.")
    words: list[str] = Field(description="The words that hits begin words with, to mark them.")
    count: int
    groups: list[FoundGroup]
