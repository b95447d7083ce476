"""The shapes of answers, as the OpenAPI document states them.

Answers are built as plain values and sent as bytes (see `api.wire`); a test holds real answers against these.
"""

from api.schemas.comparison import Comparison, ComparisonCell, ComparisonRow
from api.schemas.events import BadParameter, Change, ChangeList, Problem, Status, StatusItem
from api.schemas.found import FoundGroup, FoundItem, FoundPrice, SearchResult
from api.schemas.models import (
    Contrast,
    Difference,
    Endpoint,
    FacetCount,
    Family,
    FamilyList,
    Faq,
    FullModel,
    Model,
    ModelList,
    Named,
    Parameter,
    Price,
    PriceList,
    Provider,
    ProviderList,
    Rule,
    Sibling,
    Snippet,
    SnippetList,
    Source,
    UseCase,
)
from api.schemas.quotes import Quote, QuoteLine, UnpricedMeter
from api.schemas.sources import Saying, SourceField, SourceFields
from api.schemas.words import KindWord, LifecycleWord, ModalityWord, SeverityWord

__all__ = [
    "BadParameter",
    "Change",
    "ChangeList",
    "Comparison",
    "ComparisonCell",
    "ComparisonRow",
    "Contrast",
    "Difference",
    "Endpoint",
    "FacetCount",
    "Family",
    "FamilyList",
    "Faq",
    "FoundGroup",
    "FoundItem",
    "FoundPrice",
    "FullModel",
    "KindWord",
    "LifecycleWord",
    "ModalityWord",
    "Model",
    "ModelList",
    "Named",
    "Parameter",
    "Price",
    "PriceList",
    "Problem",
    "Provider",
    "ProviderList",
    "Quote",
    "QuoteLine",
    "Rule",
    "Saying",
    "SearchResult",
    "SeverityWord",
    "Sibling",
    "Snippet",
    "SnippetList",
    "Source",
    "SourceField",
    "SourceFields",
    "Status",
    "StatusItem",
    "UnpricedMeter",
    "UseCase",
]
