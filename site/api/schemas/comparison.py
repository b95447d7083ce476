"""A comparison's shape."""

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from api.schemas.models import Model

GroupWord = Literal[
    "cost",
    "price",
    "list_price",
    "limits",
    "modalities",
    "capabilities",
    "parameters",
    "lifecycle",
    "endpoints",
]


class ComparisonCell(Schema):
    """What one model says in a row; `text` is the same for people."""

    value: Any = Field(
        description="A decimal string for money, a number, a date, a list or an object. Null where it is not "
        "known; false where the model's list is stated and lacks it."
    )
    text: str
    note: str | None
    is_best: bool


class ComparisonRow(Schema):
    """One thing that models are compared in, a cell for each model in the order of `models`."""

    group: GroupWord
    label: str
    key: str
    unit: str | None
    condition: str | None
    better: Literal["lower", "higher", "later"] | None = Field(
        description="Which value is better; null where none is. A tie has no best value."
    )
    cells: list[ComparisonCell]
    differs: bool = Field(description="Two models state different values; what is not stated is none.")


class Comparison(Schema):
    """Models side by side."""

    models: list[Model]
    rows: list[ComparisonRow]
    unstated: list[str] = Field(description="Labels of the rows in which no model states anything.")
    url: str
    at: datetime
    revision: int
