"""Meters and units."""

import pytest

from catalog.pricing import units

HOUSE_METERS = {
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "reasoning_tokens",
    "images",
    "video_seconds",
    "audio_seconds",
    "characters",
    "pages",
    "searches",
    "requests",
}

LATER_METERS = {
    "input_audio_tokens",
    "output_audio_tokens",
    "cache_write_30m_tokens",
    "cache_write_12h_tokens",
    "input_image_tokens",
    "output_image_tokens",
    "cache_read_image_tokens",
    "utf8_bytes",
}


def test_every_meter_of_the_vocabulary_is_there() -> None:
    assert set(units.METERS) >= HOUSE_METERS | LATER_METERS


@pytest.mark.parametrize(
    ("meter", "per", "label"),
    [
        ("input_tokens", 1_000_000, "1M tokens"),
        ("input_tokens", 1_000, "1K tokens"),
        ("input_tokens", 1, "token"),
        ("characters", 1_000, "1K characters"),
        ("images", 1, "image"),
        ("images", 100, "100 images"),
        ("video_seconds", 1, "second"),
        ("audio_seconds", 10, "10 seconds"),
        ("requests", 1, "request"),
        ("searches", 1_000, "1K searches"),
        ("utf8_bytes", 1_000_000, "1M UTF-8 bytes"),
        ("pages", 100_000, "100K pages"),
        ("input_tokens", 1_000_000_000, "1B tokens"),
    ],
)
def test_a_unit_reads_as_people_say_it(meter: str, per: int, label: str) -> None:
    assert units.unit_label(meter, per) == label
    assert units.price_suffix(meter, per) == f"per {label}"


def test_the_default_lot_of_every_meter_has_a_label() -> None:
    for row in units.METERS.values():
        assert units.unit_label(row.name, row.per)
        assert row.label
        assert row.noun != row.plural


def test_labels_are_distinct() -> None:
    labels = [row.label for row in units.METERS.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", ["input", "", "INPUT_TOKENS", None, 1])
def test_an_unknown_meter_is_refused_with_its_name_and_the_known_ones(name: object) -> None:
    with pytest.raises(ValueError, match="unknown meter") as refusal:
        units.unit_label(name, 1)  # type: ignore[arg-type]
    assert repr(name) in str(refusal.value)
    assert "cache_write_1h_tokens" in str(refusal.value)


@pytest.mark.parametrize("per", [0, -1, 7, 20, 101, 1_500, True, "1", 1.0, 10**10, None])
def test_a_lot_is_a_power_of_ten(per: object) -> None:
    with pytest.raises(ValueError, match="power of ten"):
        units.check_per(per)  # type: ignore[arg-type]


@pytest.mark.parametrize(("per", "places"), [(1, 0), (10, 1), (1_000, 3), (1_000_000, 6), (1_000_000_000, 9)])
def test_a_lot_knows_how_far_it_moves_the_decimal_point(per: int, places: int) -> None:
    assert units.decimal_places(per) == places


def test_the_prompt_is_input_caches_audio_and_images_and_nothing_that_is_written_out() -> None:
    assert set(units.PROMPT_METERS) == {
        "input_tokens",
        "cache_read_tokens",
        "cache_write_5m_tokens",
        "cache_write_1h_tokens",
        "cache_write_30m_tokens",
        "cache_write_12h_tokens",
        "input_audio_tokens",
        "input_image_tokens",
        "cache_read_image_tokens",
    }


def test_the_registry_cannot_be_changed_at_run_time() -> None:
    with pytest.raises(TypeError):
        units.METERS["x"] = units.METERS["images"]  # type: ignore[index]
