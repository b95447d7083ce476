"""Labels of a scatter plot without overlaps."""

from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 440, 320
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 16, 46
RADIUS = 4
LETTER, LINE = 7, 14
# Distances and directions that are tried, the nearest first.
REACHES = (10, 20, 32, 46, 62)
WAYS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
Box = tuple[float, float, float, float]


def place_labels(
    spots: Sequence[tuple[float, float]], keys: Sequence[str]
) -> list[tuple[tuple[float, float], bool]]:
    """Place a label near each point; return the middle of its foot, and whether it is far."""
    taken: list[Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in spots]
    places: list[tuple[tuple[float, float], bool]] = []
    for (x, y), key in zip(spots, keys, strict=True):
        width = LETTER * len(key) + 2
        options = [
            ((x + way_x * (reach + (width / 2 - 3)), y + way_y * reach + LINE / 3), reach != REACHES[0])
            for reach in REACHES
            for way_x, way_y in WAYS
        ]
        # Where nothing is free, overlap rather than leave a point without its number.
        chosen = next((one for one in options if _is_free(label_box(one[0], width), taken)), options[0])
        taken.append(label_box(chosen[0], width))
        places.append(chosen)
    return places


def label_box(foot: tuple[float, float], width: float) -> Box:
    """Return a label's box."""
    return foot[0] - width / 2, foot[1] - LINE + 3, foot[0] + width / 2, foot[1] + 3


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_free(box: Box, taken: Iterable[Box]) -> bool:
    is_inside = box[0] >= LEFT and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT - BOTTOM
    return is_inside and not any(overlap(box, other) for other in taken)
