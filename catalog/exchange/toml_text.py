"""Parses TOML within a depth."""

import re
import tomllib
from decimal import Decimal
from typing import Any

from catalog.exchange.document import FilePlace
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.line_numbers import DEEPEST

# Possessive: a text of any length is passed in one step and no text is tried twice. A text that is never
# closed ends the line or the file, where the parser refuses it.
_PIECE = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+"{0,5}'
    r"|'''(?:[^']++|'(?!''))*+'{0,5}"
    r'|"(?:[^"\\\n]++|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+"
    r"|[\[\]{},.\n]",
    re.DOTALL,
)


def read_toml(content: bytes | str, file: str) -> dict[str, Any]:
    """Parse TOML with exact numbers; CatalogFileError names the line."""
    try:
        text = content if isinstance(content, str) else content.decode()
        check_depth(text, file)
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        line = str(error).rpartition("(at line ")[2].partition(",")[0]
        number = int(line) if line.isascii() and line.isdigit() else text.count("\n") + 1
        raise CatalogFileError(FilePlace(file, number), f"is not TOML: {str(error)[:200]}") from error
    except RecursionError as error:
        raise CatalogFileError(FilePlace(file), "is nested too deeply") from error
    except (ValueError, ArithmeticError) as error:
        raise CatalogFileError(
            FilePlace(file), f"is not TOML that can be read: {str(error)[:200]}"
        ) from error


def check_depth(text: str, file: str) -> None:
    """Refuse keys and brackets nested deeper than any catalog's."""
    # The parser keeps the whole path of each step of a dotted key: 20,000 steps fill 1.6 GB.
    around: list[int] = []
    outer = steps = 0
    line = 1
    for match in _PIECE.finditer(text):
        piece = match.group()
        mark = piece[0]
        if mark == ".":
            steps += 1
        elif mark in "[{":
            around.append(steps)
            outer, steps = outer + steps, 0
        elif mark in "]}":
            outer -= (steps := around.pop()) if around else 0
        elif mark == "," or (mark == "\n" and not around):
            steps = 0
        if len(around) + outer + steps > DEEPEST:
            raise CatalogFileError(FilePlace(file, line), f"is nested too deeply: at most {DEEPEST} levels")
        line += piece.count("\n")
