"""Link preview images, drawn from text alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from unicodedata import combining, normalize

from PIL import Image, ImageDraw, ImageFont

# Pixels, as platforms of link previews ask for.
WIDTH, HEIGHT = 1200, 630
EDGE = 80
PAPER, LINE, INK, GREY, ACCENT, WARNING = "#ffffff", "#e4e7ec", "#14171c", "#4c5563", "#4338ca", "#8a4b00"
NAME_SIZES, VALUE_SIZES, UNIT_SIZES = range(84, 43, -4), range(54, 29, -4), range(26, 15, -2)
COLOURS = 64
BOX = "\uffff"  # in no font: drawn as whatever a font lacks
MOST_KEPT = 256  # cards in memory, of about 15 kB each


@dataclass(frozen=True, slots=True)
class Fact:
    """A value under its label; grey where unknown."""

    label: str
    value: str
    unit: str = ""
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """The text of an image."""

    site: str
    name: str
    line: str = ""
    warning: str = ""
    facts: tuple[Fact, ...] = ()


# By text alone: an image serves until a price, name or limit changes.
@lru_cache(maxsize=MOST_KEPT)
def draw(card: Card) -> bytes:
    """Draw a card as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    picture.paste(_mark(), (EDGE, 64))
    _write(pen, (EDGE + 68, 70), card.site, 34, WIDTH - 2 * EDGE - 68, INK, weight=1)
    y = _name(pen, card.name)
    for words, colour in ((card.line, GREY), (card.warning, WARNING)):
        if words:
            _write(pen, (EDGE, y), words, 32, WIDTH - 2 * EDGE, colour)
            y += 52
    _facts(pen, card.facts)
    out = BytesIO()
    # A palette makes a file of few colours small.
    picture.quantize(COLOURS).save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=1)
def _mark() -> Image.Image:
    large = Image.new("RGB", (192, 192), PAPER)
    pen = ImageDraw.Draw(large)
    for x, y in ((0, 0), (104, 0), (0, 104)):
        pen.rounded_rectangle((x, y, x + 84, y + 84), 24, fill=ACCENT)
    pen.ellipse((104, 104, 188, 188), fill=ACCENT)
    # Drawn four times as large, so that edges are smooth.
    return large.resize((48, 48), Image.Resampling.LANCZOS)


def _name(pen: ImageDraw.ImageDraw, name: str) -> int:
    """Draw the name as large as it fits; return the next line's y."""
    size = _fitting(name, NAME_SIZES, WIDTH - 2 * EDGE)
    _write(pen, (EDGE, 172), name, size, WIDTH - 2 * EDGE, INK, weight=1)
    return 172 + size + 40


def _fitting(words: str, sizes: Sequence[int], room: int) -> int:
    return next((size for size in sizes if _font(size).getlength(_plain(words)) <= room), sizes[-1])


def _facts(pen: ImageDraw.ImageDraw, facts: tuple[Fact, ...]) -> None:
    if not facts:
        return
    pen.line((EDGE, 410, WIDTH - EDGE, 410), fill=LINE, width=2)
    room = (WIDTH - 2 * EDGE) // len(facts)
    # A price beside the unit would be another one if it were cut.
    small = min(_fitting(fact.unit, UNIT_SIZES, room - 32) for fact in facts)
    for number, fact in enumerate(facts):
        x, wide = EDGE + number * room, room - 32
        size = _fitting(fact.value, VALUE_SIZES if fact.is_known else VALUE_SIZES[4:], wide)
        _write(pen, (x, 438), fact.label, 28, wide, GREY)
        _write(pen, (x, 508 - size // 2), fact.value, size, wide, *((INK, 1) if fact.is_known else (GREY, 0)))
        _write(pen, (x, 550), fact.unit, small, wide, GREY)


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    words: str,
    size: int,
    room: int,
    colour: str,
    weight: int = 0,
) -> None:
    text = _cut(_plain(words), _font(size), room)
    # Pillow's font has one weight: a stroke makes it bolder.
    pen.text(at, text, fill=colour, font=_font(size), stroke_width=weight, stroke_fill=colour)


def has_letters(words: str) -> bool:
    """Whether the font has any letter of the text."""
    return any(mark.isalnum() for mark in _plain(words))


@lru_cache(maxsize=512)
def _plain(words: str) -> str:
    """Return text in letters of the font: `Größe` as `Grosse`, others as one box."""
    marks = normalize("NFKD", words[:400].replace("\N{LATIN SMALL LETTER SHARP S}", "ss"))
    # Decomposed, so that a letter is drawn at least without its accents.
    line = "".join(mark if mark.isprintable() else " " for mark in marks if not combining(mark))
    drawable = "".join(mark if mark == " " or _is_drawn(mark) else BOX for mark in line)
    return " ".join(re.sub(f"{BOX}[{BOX} ]*{BOX}", BOX, drawable).split())


@lru_cache(maxsize=4096)
def _is_drawn(mark: str) -> bool:
    return bytes(_font(20).getmask(mark)) != bytes(_font(20).getmask(BOX))


def _cut(text: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    fits, much = 0, len(text)
    while fits < much:
        middle = (fits + much + 1) // 2
        fits, much = (middle, much) if font.getlength(f"{text[:middle]}…") <= room else (fits, middle - 1)
    return f"{text[:fits].rstrip()}…"


@lru_cache(maxsize=32)
def _font(size: int) -> ImageFont.FreeTypeFont:
    # Pillow's own, so that no font file is kept; it has English letters.
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - with a size it always is
    return font
