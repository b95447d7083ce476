"""A year of drift in LiteLLM's map: what it says now, read exactly, or counted and marked."""

from datetime import UTC, datetime

import pytest

from catalog.exchange.weekly_windows import UNKNOWN, WeeklyWindow, fixed_offset, utc_conditions
from catalog.pricing.conditions import parse
from catalog.pricing.quote import Usage
from other_catalogs import model, prices, read

COSTS = {"input_cost_per_token": 1e-06, "output_cost_per_token": 3e-06}
OURS = {"litellm_provider": "acme", "mode": "chat", **COSTS}


def litellm(**rows):
    return read("litellm", {f"acme/{key.replace('_', '-')}": row for key, row in rows.items()})


def omits(found, meter):
    (entry,) = found.document.models
    return {price.omits for price in entry.prices if price.value.meter == meter}


def test_a_row_that_is_an_alias_is_another_name_of_its_model():
    found = litellm(
        orchid_2=OURS,
        orchid_latest={"alias_of": "acme/orchid-next"},
        orchid_next={"alias_of": "acme/orchid-2"},
    )
    assert not found.refused
    aliases = model(found, "acme/orchid-2").groups["aliases"]
    assert [row["alias_id"] for row in aliases] == ["acme/orchid-latest", "acme/orchid-next"]
    assert found.rows == 3


def test_names_that_a_row_lists_are_aliases_too():
    found = litellm(orchid_2={**OURS, "aliases": ["acme/orchid", "orchid-newest"]})
    aliases = model(found, "acme/orchid-2").groups["aliases"]
    assert [row["alias_id"] for row in aliases] == ["acme/orchid", "acme/orchid-newest"]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"a": {"alias_of": "acme/nothing"}}, "acme/a.alias_of: 'acme/nothing' is no row of the file"),
        ({"a": {"alias_of": "acme/b"}, "b": {"alias_of": "acme/a"}}, "leads back to itself"),
        ({"a": {"alias_of": 7}}, "7 is no row of the file"),
        ({"a": {"alias_of": "acme/b"}, "b": {"mode": "chat"}}, "'acme/b' is refused itself"),
    ],
)
def test_an_alias_of_nothing_is_refused_and_says_so(rows, reason):
    found = litellm(orchid_2=OURS, **rows)
    assert any(reason in one.reason for one in found.refused), found.refused
    assert [entry.model_id for entry in found.document.models] == ["acme/orchid-2"]


def test_an_alias_of_a_provider_that_is_not_read_is_left_out_in_silence():
    rows = {"acme/a": OURS, "x/b": OURS | {"litellm_provider": "x"}, "x/c": {"alias_of": "x/b"}}
    found = read("litellm", rows, provider="acme")
    assert (found.rows, found.refused) == (1, [])


WEEKDAY, WEEKEND = [1, 2, 3, 4, 5], [6, 7]


def off_peak(**more):
    half = {"input_cost_per_token": 5e-07}
    return litellm(lotus={**OURS, "off_peak_pricing": {**half, **more}})


def input_at(found, day, clock):
    """The amount of input at an instant, as conditions decide it; two that hold at once are an error."""
    at = datetime.fromisoformat(f"{day}T{clock}:00+00:00").astimezone(UTC)
    usage = Usage({"input_tokens": 1}, at=at)
    (entry,) = found.document.models
    rows = [price.value for price in entry.prices if price.value.meter == "input_tokens"]
    special = [row.amount for row in rows if row.conditions.items and row.conditions.holds(usage)]
    assert len(special) <= 1
    return f"{(special or [row.amount for row in rows if not row.conditions.items])[0]:f}"


def test_weekdays_of_a_fixed_zone_become_windows_in_utc():
    found = off_peak(
        weekday_timezone="Asia/Shanghai",
        windows=[
            {"hours_utc": ["00:00-01:00", "10:00-00:00"], "weekdays": WEEKDAY},
            {"hours_utc": "00:00-00:00", "weekdays": WEEKEND},
        ],
    )
    assert not found.lost
    # 29 November 2026 is a Sunday; in Shanghai a Saturday begins on Friday at 16:00 UTC.
    amounts = {
        ("2026-11-29", "12:00"): "0.5",
        ("2026-11-27", "09:59"): "1",
        ("2026-11-27", "10:00"): "0.5",
        ("2026-11-27", "16:00"): "0.5",
        ("2026-11-28", "08:00"): "0.5",
        ("2026-11-29", "15:59"): "0.5",
        ("2026-11-30", "01:00"): "1",
        ("2026-11-30", "00:59"): "0.5",
    }
    assert {when: input_at(found, *when) for when in amounts} == amounts


@pytest.mark.parametrize(
    ("zone", "why"),
    [
        ("Europe/Paris", "with daylight saving"),
        ("America/New_York", "with daylight saving"),
        ("Nowhere/Else", "that is not known"),
        ("../../etc/passwd", "that is not known"),
    ],
)
def test_a_zone_without_a_fixed_offset_is_counted_and_its_prices_say_that_they_are_not_complete(zone, why):
    found = off_peak(weekday_timezone=zone, hours_utc=["16:30-00:30"], weekdays=WEEKEND)
    reason = f"off_peak_pricing in a zone {why}"
    assert found.lost[reason] == 1
    assert omits(found, "input_tokens") == {reason}
    assert omits(found, "output_tokens") == {""}, "it changes the price of input alone"


def test_a_key_that_may_be_a_condition_leaves_the_hours_out():
    found = off_peak(hours_utc=["16:30-00:30"], months=[7, 8])
    assert found.lost["off_peak_pricing with months"] == 1
    assert omits(found, "input_tokens") == {"off_peak_pricing with months"}


PRICED_WINDOW = {"hours_utc": "16:30-00:30", "input_cost_per_token": 1e-7}


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ({"windows": [PRICED_WINDOW]}, "windows.input_cost_per_token"),
        ({"windows": [{"hours_utc": "16:30-00:30"}], "hours_utc": ["01:00-02:00"]}, "hours_utc"),
    ],
)
def test_prices_of_a_window_and_hours_beside_windows_are_left_out_with_a_count(part, name):
    found = off_peak(**part)
    assert found.lost[f"off_peak_pricing with {name}"] == 1
    assert omits(found, "input_tokens") == {f"off_peak_pricing with {name}"}


def test_a_factor_on_prices_marks_them():
    found = litellm(rose={**OURS, "regional_endpoint_uplift_multiplier": 1.1, "plain_multiplier": 1})
    assert omits(found, "output_tokens") == {"regional_endpoint_uplift_multiplier"}


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ({"hours_utc": ["25:00-01:00"]}, "'25:00-01:00': '25:00' is not a time of day: write 16:30"),
        ({"hours_utc": []}, "is not a list of hours"),
        ({"hours_utc": ["01:00-02:00"], "weekdays": [0]}, "[0] is not a list of weekdays: write [6, 7]"),
        ({"hours_utc": ["00:00-00:00"]}, "is the whole week: that is no window"),
    ],
)
def test_hours_that_are_none_are_refused_with_what_would_be_right(part, reason):
    (refused,) = off_peak(**part).refused
    assert reason in refused.reason


@pytest.mark.parametrize("offset", [0, 60, 480, -300, 330, -210, 840])
def test_windows_in_utc_hold_at_just_the_same_instants(offset):
    windows = [
        WeeklyWindow(570, 1050, frozenset({1, 3, 5})),
        WeeklyWindow(1320, 120),
        WeeklyWindow(0, 0, frozenset({7})),
    ]
    sets = [
        parse(conditions) for conditions in utc_conditions(windows, hours_offset=offset, days_offset=offset)
    ]
    for minute in range(0, 7 * 24 * 60, 10):
        # 2026-11-30 is a Monday.
        at = datetime(2026, 11, 30, tzinfo=UTC).timestamp() + minute * 60
        usage = Usage({"input_tokens": 1}, at=datetime.fromtimestamp(at, tz=UTC))
        day, clock = divmod((minute + offset) % (7 * 24 * 60), 24 * 60)
        held = [conditions for conditions in sets if conditions.holds(usage)]
        assert len(held) == any(window.holds(clock, day + 1) for window in windows), (offset, minute)


def test_offsets_are_read_by_name_and_as_hours():
    known = {zone: fixed_offset(zone, 2026) for zone in ("UTC", "+08:00", "UTC-3", "Asia/Kolkata", "+25:00")}
    assert known == {"UTC": 0, "+08:00": 480, "UTC-3": -180, "Asia/Kolkata": 330, "+25:00": UNKNOWN}


def test_a_threshold_is_a_number_of_tokens_or_of_thousands():
    found = litellm(
        tulip={
            **OURS,
            "input_cost_per_token_above_150000_tokens": 5e-06,
            "input_cost_per_token_above_200k_tokens": 6e-06,
        }
    )
    known = prices(model(found, "acme/tulip"))
    assert known["input_tokens", '{"prompt_tokens_over":150000}'][0] == "5"
    assert known["input_tokens", '{"prompt_tokens_over":200000}'][0] == "6"


def test_cache_writes_of_twelve_hours_have_a_meter_and_those_beside_them_last_thirty_minutes():
    costs = {"cache_creation_input_token_cost": 2.5e-06, "cache_creation_input_token_cost_above_12hr": 4e-06}
    known = prices(model(litellm(sage={**OURS, **costs}), "acme/sage"))
    assert known["cache_write_12h_tokens", "{}"][0] == "4"
    assert known["cache_write_30m_tokens", "{}"][0] == "2.5"
    assert ("cache_write_5m_tokens", "{}") not in known


def test_tokens_of_images_are_priced_as_such():
    costs = {"output_cost_per_image_token": 3e-05, "input_cost_per_image_token": 4e-06}
    found = litellm(peony={**OURS, **costs, "cache_read_input_image_token_cost": 1e-06})
    known = prices(model(found, "acme/peony"))
    assert known["output_image_tokens", "{}"][0] == "30"
    assert known["input_image_tokens", "{}"][0] == "4"
    assert known["cache_read_image_tokens", "{}"][0] == "1"
    assert not found.lost


def test_a_price_without_a_meter_marks_the_prices_that_it_stands_beside():
    found = litellm(peony={**OURS, "input_cost_per_video_token": 2e-06, "annotation_cost_per_page": 0.01})
    assert omits(found, "input_tokens") == {"input_cost_per_video_token, annotation_cost_per_page"}
    assert omits(found, "output_tokens") == {"annotation_cost_per_page"}


def test_a_price_in_a_vendors_own_unit_beside_dollars_marks_nothing():
    found = litellm(peony={**OURS, "input_dbu_cost_per_token": 2e-05})
    assert found.lost["input_dbu_cost_per_token"] == 1
    assert omits(found, "input_tokens") == {""}


def test_a_long_list_of_what_is_omitted_ends_in_a_number():
    more = {f"special_cost_per_{'x' * 30}_{at}": 1e-06 for at in range(20)}
    (text,) = omits(litellm(peony={**OURS, **more}), "input_tokens")
    assert len(text) <= 300
    assert text.endswith(f", and {20 - text.count('special')} more")


def test_the_end_of_a_model_cites_the_page_that_states_it_and_names_what_follows():
    page = "https://acme.example/retirements"
    ends = {"deprecation_date": "2027-02-01", "successor_model": "acme/rose-2", "deprecation_source": page}
    rose = model(litellm(rose_1={**OURS, **ends}, rose_2=OURS), "acme/rose-1")
    assert rose.successors == ("acme/rose-2",)
    cited = {name: row["url"] for row in rose.groups["sources"] for name in row["fields"]}
    assert cited["retires_on"] == cited["end_of_life"] == page
    assert cited["modality"] != page
