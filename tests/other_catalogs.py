"""Pieces of other catalogs for tests, and readers of them."""

import json
from datetime import UTC, datetime
from pathlib import Path

from catalog.exchange.load import load_files
from catalog.exchange.registry import FORMATS

PIECES = Path(__file__).parent / "catalog/exchange/pieces"
KNOWN = PIECES / "known"
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def load_known_models():
    """Put the models into the database that are meant by some of the pieces."""
    load_files(sorted(KNOWN.glob("*.toml")), reason="Known models")


def piece(name):
    """The bytes of a piece."""
    return (PIECES / f"{name}.json").read_bytes()


def parsed(name):
    """The values of a piece, to be changed."""
    return json.loads(piece(name))


def read(name, content=None, **options):
    """What a format's reader finds in a piece, or in other values."""
    if content is None:
        content = piece(name)
    elif not isinstance(content, bytes):
        content = json.dumps(content).encode()
    return FORMATS[name].read(content, f"{name}.json", AT, **options)


def model(reading, model_id):
    """One model of a reading."""
    return next(entry for entry in reading.document.models if entry.model_id == model_id)


def prices(entry):
    """Meter and conditions -> amount for so many."""
    return {
        (price.meter, price.conditions.canonical): (
            None if price.amount is None else f"{price.amount:f}",
            price.per,
        )
        for price in (row.value for row in entry.prices)
    }
