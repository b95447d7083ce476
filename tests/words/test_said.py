"""Every word of the interface goes through gettext: a planted one that does not is found."""

import re

import polib
import pytest
from django.conf import settings

from pages import script_words
from words import python, rooms, scripts, templates
from words.__main__ import template

GOING_ON = {"Sending …", "{status}. First byte after {first}, reading …"}


def texts():
    """Every message, and every plural."""
    found = polib.pofile(str(settings.WORDS / "django.pot"))
    return [text for one in found for text in (one.msgid, one.msgid_plural) if text]


def complaints(paths, reader, allowed=()):
    """Place and words of what does not go through gettext."""
    return [
        f"{rooms.name(path)}:{line}: {text!r}"
        for path in paths
        for line, text in reader.unsaid(path.read_text(encoding="utf-8"))
        if text not in allowed
    ]


def test_templates_say_their_words_through_gettext():
    assert len(rooms.html()) > 70
    assert complaints(rooms.html(), templates) == []


def test_modules_say_their_words_through_gettext():
    assert len(rooms.modules()) > 70
    assert complaints(rooms.modules(), python, rooms.NO_WORDS) == []


def test_scripts_say_their_words_through_gettext():
    assert len(rooms.javascript()) > 8
    assert complaints(rooms.javascript(), scripts, rooms.NO_WORDS) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>Planted words</p>",
        '<a title="Planted">{{ name }}</a>',
        '<th data-label="Planted">{% translate "Said" %}</th>',
        '<meta name="description" content="Planted words.">',
        "{% block title %}Planted{% endblock %}",
        '{{ name|default:"Planted" }}',
        '{% include "x.html" with label="Planted" %}',
        "{{ count }} model{{ count|pluralize }}",
        '{% translate "Said" %}, planted',
        "{% blocktranslate trimmed %}Said{% endblocktranslate %} planted",
    ],
)
def test_words_planted_in_a_template_are_found(planted):
    assert templates.unsaid(planted) != []


@pytest.mark.parametrize(
    "said",
    [
        '<p class="planted words">{% translate "Said" %} · {{ name }} UTC</p>',
        '<a title="{% translate "Said" %}" href="/planted/words">{{ name|default:_("Said") }}</a>',
        '{% include "x.html" with label=_("Said") path="/planted" %}',
        "{% blocktranslate count n=n %}{{ n }} model{% plural %}{{ n }} models{% endblocktranslate %}",
        "{# Planted words. #}<script>planted words</script>",
    ],
)
def test_words_that_a_template_says_are_left_alone(said):
    assert templates.unsaid(said) == []


@pytest.mark.parametrize(
    "planted",
    [
        'LABEL = "Planted"',
        'LABELS = {"planted": "Planted words"}',
        'def said(name):\n    return f"{name} was planted here."',
        'def said(name):\n    return f"by {name}"',
        'say("Said") + "planted words"',
        'say("{name} said", name="Planted")',
    ],
)
def test_words_planted_in_a_module_are_found(planted):
    assert python.unsaid(planted) != []


@pytest.mark.parametrize(
    "said",
    [
        '"""A module of words."""\nLABEL = mark("Said")',
        'def said(name: "A Name") -> str:\n    """Say it."""\n    return say("{name} said it.", name=name)',
        'say_many("{number} word", "{number} words", 2)',
        'key = "planted_words"\naddress = f"/planted/{key}?words"',
    ],
)
def test_words_that_a_module_says_are_left_alone(said):
    assert python.unsaid(said) == []


@pytest.mark.parametrize(
    "planted",
    [
        'button.title = "Planted";',
        "say(`planted ${count} words`);",
        'view.say("Planted words");',
        "made.innerHTML = `<p>Planted words</p>`;",
        'made.innerHTML = `<input placeholder="Planted">`;',
    ],
)
def test_words_planted_in_a_script_are_found(planted):
    assert scripts.unsaid(planted) != []


@pytest.mark.parametrize(
    "said",
    [
        '// Planted words\nbutton.title = say("Said");',
        'for (const one of document.querySelectorAll("main pre, .snippet pre")) keep(one);',
        'made.innerHTML = `<p class="planted words">${say("Said")}</p>`;',
        "const found = /planted words/.test(text);",
    ],
)
def test_words_that_a_script_says_are_left_alone(said):
    assert scripts.unsaid(said) == []


@pytest.mark.slow
def test_the_file_of_all_messages_is_up_to_date():
    kept = (settings.WORDS / "django.pot").read_text(encoding="utf-8")
    assert str(template()) + "\n" == kept or str(template()) == kept, "run make messages"


def test_what_scripts_say_within_markup_is_gathered():
    source = (
        'made.innerHTML = `<p>${say("Said")}</p>`; // say("Planted")\nbutton.title = say("A \\"word\\"");'
    )
    assert [(one.text, one.place) for one in scripts.messages(source, "x.js")] == [
        ("Said", "x.js:1"),
        ('A "word"', "x.js:2"),
    ]


def test_what_a_page_hands_over_to_scripts_is_what_is_gathered():
    found = {
        message.text
        for path in rooms.javascript()
        for message in scripts.messages(path.read_text(encoding="utf-8"), rooms.name(path))
    }
    assert found == set(script_words.texts())


@pytest.mark.parametrize(
    "word", ["!", "unlock", "powerful", "seamless", "effortless", "please", "simply", "…"]
)
def test_messages_are_short_and_concrete(word):
    """No exclamation, no praise, no plea; an ellipsis only where something is going on."""
    assert [text for text in texts() if word in text.lower() and text not in GOING_ON] == []


def test_messages_are_written_in_one_way():
    """Straight apostrophes, no space at an end, and no comma before the last of a list of single words."""
    assert [text for text in texts() if "\u2019" in text or text != text.strip() or "  " in text] == []
    assert [text for text in texts() if re.search(r"\w, \w+, and ", text)] == []


def test_every_message_is_gathered_with_its_plural_and_its_places():
    found = polib.pofile(str(settings.WORDS / "django.pot"))
    models = found.find("%(count)s model")
    assert models.msgid_plural == "%(count)s models"
    assert ("templates/pages/models.html", "") in models.occurrences
    assert found.find("Page %(page)s of %(last_page)s")
    assert found.find("{number} price row").msgid_plural == "{number} price rows"
    assert found.find("Lowest input price")
