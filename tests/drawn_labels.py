"""Whether the numbers of a chart stand apart: the boxes that they take, as the page draws them."""

from itertools import combinations

from pages.parts.plot import picture
from pages.parts.scatter_labels import LETTER, label_box, overlap


def labels(members):
    """The boxes of the numbers in a family's chart; none where there is no chart."""
    found = picture(members)
    if found is None or found.scatter is None:
        return []
    return [
        label_box((float(spot.label_x), float(spot.label_y)), LETTER * len(spot.numbers) + 2)
        for spot in found.scatter.spots
    ]


def covered(boxes):
    """The pairs of which one covers the other."""
    return [pair for pair in combinations(boxes, 2) if overlap(*pair)]
