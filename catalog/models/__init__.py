"""The tables of the catalog."""

from catalog.models.change_set import ChangeSet, PriceEdit
from catalog.models.claim import ImportFile, SourceClaim
from catalog.models.document import Document
from catalog.models.editorial import Faq, Source, UseCase
from catalog.models.facet import FacetBits, FacetClock, FacetSpan, FacetTally, ListKey
from catalog.models.parameter import Parameter, ParameterRule
from catalog.models.price import Price
from catalog.models.promise import Promise
from catalog.models.provider import Family, Provider
from catalog.models.revision import ChangeEvent, Revision
from catalog.models.search import SearchEntry, SearchKey, SearchWord
from catalog.models.status import StatusEvent
from catalog.models.variant import Alias, Endpoint, FormerSlug, Variant
from catalog.models.webhook import Webhook, WebhookAttempt, WebhookDelivery

__all__ = [
    "Alias",
    "ChangeEvent",
    "ChangeSet",
    "Document",
    "Endpoint",
    "FacetBits",
    "FacetClock",
    "FacetSpan",
    "FacetTally",
    "Family",
    "Faq",
    "FormerSlug",
    "ImportFile",
    "ListKey",
    "Parameter",
    "ParameterRule",
    "Price",
    "PriceEdit",
    "Promise",
    "Provider",
    "Revision",
    "SearchEntry",
    "SearchKey",
    "SearchWord",
    "Source",
    "SourceClaim",
    "StatusEvent",
    "UseCase",
    "Variant",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
]
