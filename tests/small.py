"""The tests' catalog: `tests/small_catalog/*.toml`, and its models by the part that they play.

Tests of code read this catalog, so that a change of the bundled one breaks only what is about its data: the
tests below `tests/bundled`. Each test sees it whole in its database (see `databases`), and so does each live
site. Its makers, models and addresses are made up. Change a file there only to add a kind of model.

    from small import TOKENS

    def test_a_model_is_found_by_its_id():
        assert lookup.by_model_id(TOKENS)
"""

TOKENS = "linden-ballad-4-5-20250929"
"""Text, priced by the token, sell and list prices, cached reads and writes; retires four days after NOON."""
TOKENS_ALIAS = "linden-ballad-4-5"
TOKENS_PATH = "/models/linden/ballad-4-5-20250929"
SIBLING = "linden-ballad-4-6"
"""Of the same line as TOKENS, active, with list prices only."""
NEWEST = "linden-ballad-5"
OTHER_LINE = "linden-aria-4-5-20251001"
"""Of the same family, with an alias, cheaper than TOKENS."""
OTHER_LINE_ALIAS = "linden-aria-4-5"
BIGGEST = "linden-aubade-4-8"
RETIRED = "linden-aubade-4-20250514"
TIERED = "oriel-5.4"
"""List prices by the length of the input, and for batches."""
TIERED_SMALL = "oriel-5.4-mini"
OTHER_MAKER = "oriel-5.5"
CACHED = "oriel-5.2"
RETIRES_LATER = "oriel-5.4-nano"
NO_STAGE = "oriel-5.3-codex"
"""No source states its stage of life."""
PAST_ITS_DAY = "castor-2.5-pro"
"""Said to be active, with a day of retirement that has passed."""
EMBEDDING = "text-vector-3-small"
IMAGE = "prism-2-flex-text-to-image"
"""Asynchronous, priced by the image and its resolution."""
IMAGE_EDIT = "prism-2-flex-remix-image"
IMAGE_UNPRICED = "prism-2-max-text-to-image"
IMAGE_FLAT = "mini-mango"
VIDEO = "swirl-v3-omni"
"""Priced by the second, in a grid of conditions."""
VIDEO_UNPRICED = "swirl-o1"
VIDEO_PER_CALL = "reel-3.1"
VIDEO_PER_CALL_FAST = "reel-3.1-fast"
AUDIO = "sona-v5"
SPEECH_AT_ONCE = "hum-1"
"""Answers at once: speech out, and a file in."""
SPEECH_TOKENS = "castor-2.5-pro-tts"
TRANSCRIPTION = "murmur-1"
UPSCALER = "tourmaline-upscale-image"
CAPITALS = "MonoMax-M2"
UNKNOWN_KIND = "jot-latest"
"""Of which no more is known than that it is there."""
MAKER_NOT_STATED = "clearlip-lip-sync"
ODD_ID = "Oddments/Model:v1@x~1.0"
"""With capitals and all marks that an ID may have; free input, output on request, a preview."""
DEPRECATED = "odd-old"
"""With the days of its deprecation and retirement, and a replacement."""
REPLACEMENT = "odd-new"
"""With an overview, what it is best for, questions, and a price that begins on 15 December 2026."""
LONGEST_ID = (
    "odd-with-the-longest-id-that-any-model-of-this-catalog-has-and-that-no-line-of-a-phone-can-hold-20260801"
)

MAKER, FAMILY = "arbor", "linden"
"""Of TOKENS, SIBLING, NEWEST and others."""
OTHER_FAMILY = "oriel"
MODELS, FAMILIES, PROVIDERS = 53, 18, 13
