"""The widths of a window at which pages are tried: a desk's and a phone's, or `PAGE_WIDTHS` of them."""

import os

COUNT = int(os.environ.get("PAGE_WIDTHS", "2"))
DESK, PHONE, NARROWEST = 1440, 390, 320


def tried():
    """List the two most common widths, and then others, evenly from the narrowest on."""
    others = range(NARROWEST, DESK, (DESK - NARROWEST) // max(COUNT - 2, 1))
    return list(dict.fromkeys([DESK, PHONE, *others]))[:COUNT]
