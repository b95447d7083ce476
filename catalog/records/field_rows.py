"""Columns of the fields that are small tables."""

from catalog.pricing.factors import check_factor
from catalog.pricing.units import METERS
from catalog.records.end_of_life import FIRMNESS, TRUST, check_platform
from catalog.records.field_types import AddressType, ChoiceType, ColumnType, DayType, SetType, TextType
from catalog.text.language import mark
from catalog.vocabulary import LINK_KINDS, Lifecycle, PriceKind

END_OF_LIFE: dict[str, ColumnType] = {
    "platform": TextType(60, check_platform),
    "lifecycle": ChoiceType(Lifecycle.marked()),
    "deprecated_on": DayType(),
    "retires_on": DayType(),
    "firmness": ChoiceType(FIRMNESS),
    "replacements": SetType(),
    "source": AddressType(),
    "source_label": TextType(),
    "read_on": TextType(40),
    "trust": ChoiceType(TRUST),
    "note": TextType(),
}

PRICE_FACTOR: dict[str, ColumnType] = {
    "kind": ChoiceType(PriceKind.marked()),
    "condition": ChoiceType({"service_tier": mark("Service tier"), "region": mark("Region")}),
    "value": TextType(60),
    "factor": TextType(20, check_factor),
    "meters": SetType({name: meter.heading for name, meter in METERS.items()}),
    "source": AddressType(),
}

LICENSE: dict[str, ColumnType] = {"name": TextType(200), "url": AddressType()}

MODEL_LINK: dict[str, ColumnType] = {"kind": ChoiceType(LINK_KINDS), "url": AddressType()}
