"""What `make prove` prints counts what has run, and says how long it took."""

from catalog.snippets import LANGUAGES
from snippet_report import report, seconds

RESULTS = """<?xml version="1.0"?><testsuites><testsuite name="pytest" time="271.96">
<testcase name="test_every_call_of_every_served_model_runs[curl]" time="204.5"/>
<testcase name="test_every_call_of_every_served_model_runs[php]" time="74.04"/>
</testsuite></testsuites>"""


def test_times_are_read_by_language_and_as_a_whole(tmp_path):
    file = tmp_path / "proven.xml"
    file.write_text(RESULTS)
    assert seconds(file) == {"all": 271.96, "curl": 204.5, "php": 74.04}


def test_each_language_has_run_every_shape_and_the_whole_says_how_long_it_took():
    took = {language: 10.0 + number for number, language in enumerate(LANGUAGES)} | {"all": 44.4}
    head, *rows, whole = [line.split() for line in report(took).splitlines()]
    assert head[:6] == ["language", "snippets", "run", "shapes", "run", "seconds"]
    assert [(row[0], float(row[5])) for row in rows] == [(name, took[name]) for name in LANGUAGES]
    assert all(row[3] == row[4] for row in rows)
    assert whole[:4] == ["all", *(str(sum(int(row[at]) for row in rows)) for at in (1, 2)), "44.4"]
