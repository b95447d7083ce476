"""Amounts of money as text: parsed strictly, never rounded."""

import re
from decimal import Decimal

from catalog.text.refusal import shown

MAX_INTEGER_DIGITS = 6
# SQLite and PostgreSQL both store 15 digits, 9 of them decimals, unchanged.
MAX_DECIMALS = 9

SYMBOLS = {"USD": "$"}
"""Currency -> sign; other currencies are written as a code after the amount."""

_LONGEST = 60
# A few letters such as 1e999999 would print as a million digits.
_PRINTABLE_EXPONENT = 200
# ASCII digits by name: \d would also take Arabic and full-width digits.
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?")
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_HOW = 'use digits and one decimal point, as in "1.875"'


def plain(amount: Decimal) -> str:
    """Return "1.875", "3", "0.000000001": no exponent, no trailing zeros."""
    if not amount.is_finite():
        raise ValueError(f"{amount} is not a number that can be written down")
    if abs(amount.adjusted()) > _PRINTABLE_EXPONENT:
        raise ValueError(f"{amount} is too long to write without an exponent")
    text = format(amount, "f")  # unlike normalize() and quantize(), formatting never rounds to a context
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def usd(amount: Decimal | int | str, currency: str = "USD") -> str:
    """Return "$1.50", "$1,234.875", "1.50 EUR"."""
    check_currency(currency)
    text = plain(_exact(amount))
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = digits.partition(".")
    number = f"{int(whole):,}.{decimals.ljust(2, '0')}"
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{number}" if symbol else f"{sign}{number} {currency}"


def check_currency(currency: str) -> str:
    """Return `currency` if it has the form of ISO 4217."""
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise ValueError(f'{shown(currency)} is not a currency: use its three capital letters, as in "USD"')
    return currency


def parse_amount(value: str | int | Decimal) -> Decimal:
    """Parse an amount such as "1.50" or "2e-07": six digits, nine decimals.

    ValueError for signs, separators, symbols, NaN, booleans, floats, and what would need rounding.
    """
    text = _text(value)
    if text == "":
        raise ValueError(f"an empty amount: {_HOW}, and leave the amount out where it is unknown")
    if text.startswith("-"):
        raise ValueError(f"{shown(value)} is negative: an amount is zero or more")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{shown(value)} is not an amount: {_HOW}")
    amount = Decimal(text)
    if amount and amount.adjusted() >= MAX_INTEGER_DIGITS:
        raise ValueError(f"{shown(value)} is too large: at most 999999.999999999")
    written = plain(amount)
    if len(written.partition(".")[2]) > MAX_DECIMALS:
        raise ValueError(
            f"{shown(value)} has more than {MAX_DECIMALS} decimals: it is never rounded silently"
        )
    return Decimal(written)


def _text(value: object) -> str:
    if isinstance(value, str):
        text = value
    elif isinstance(value, Decimal):
        text = str(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        # str() of an integer past 4,300 digits raises; anything this large is refused below all the same.
        text = str(value) if abs(value) < 10**_LONGEST else "9" * (_LONGEST + 1)
    else:
        raise ValueError(f"{shown(value)} is not an amount: give a string or a Decimal; {_HOW}")  # noqa: TRY004
    if len(text) > _LONGEST:
        raise ValueError(f"{shown(value)} is too long for an amount: at most 999999.999999999")
    return text


def _exact(amount: Decimal | int | str) -> Decimal:
    if isinstance(amount, str):
        if not _PLAIN.fullmatch(amount):
            raise ValueError(f"{shown(amount)} is not a plain decimal string: {_HOW}")
        return Decimal(amount)
    return Decimal(amount)
