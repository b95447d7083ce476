"""Closed lists of words."""

from typing import TYPE_CHECKING, Literal, TypeAlias

from catalog.pricing.quote import REASONS
from catalog.records.quote_warnings import CODES
from catalog.snippets import LANGUAGES, OPTIONS
from catalog.vocabulary import ChangeKind, Lifecycle, Modality, PriceKind, Protocol, Severity

# Known at run time only: mypy takes them for texts.
if TYPE_CHECKING:
    LifecycleWord: TypeAlias = str
    SeverityWord: TypeAlias = str
    ModalityWord: TypeAlias = str
    ProtocolWord: TypeAlias = str
    LanguageWord: TypeAlias = str
    OptionWord: TypeAlias = str
    KindWord: TypeAlias = str
    ChangeWord: TypeAlias = str
    ReasonWord: TypeAlias = str
    WarningWord: TypeAlias = str
else:
    LifecycleWord = Literal[tuple(Lifecycle.values)]
    SeverityWord = Literal[tuple(Severity.values)]
    ModalityWord = Literal[tuple(Modality.values)]
    ProtocolWord = Literal[tuple(Protocol.values)]
    LanguageWord = Literal[tuple(LANGUAGES)]
    OptionWord = Literal[tuple(OPTIONS)]
    KindWord = Literal[tuple(PriceKind.values)]
    ChangeWord = Literal[tuple(ChangeKind.values)]
    ReasonWord = Literal[tuple(REASONS)]
    WarningWord = Literal[tuple(CODES)]
