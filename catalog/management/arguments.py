"""What commands read from their command line."""

from argparse import ArgumentTypeError
from datetime import datetime

from catalog.text.instants import read_instant


def instant(text: str) -> datetime:
    """Return the instant of an `--at`; argparse prints the refusal beside the name of the option."""
    try:
        return read_instant(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error
