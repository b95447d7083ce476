"""The lead of a family's page."""

from collections import Counter
from collections.abc import Sequence

from catalog.models import Family
from catalog.records.facts import Facts
from catalog.records.phrases import NOT_STATED_PROVIDER, join
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import mark_many, say, say_many
from catalog.vocabulary import Modality

MODELS = {
    "": mark_many("{number} model", "{number} models"),
    Modality.TEXT: mark_many("{number} text model", "{number} text models"),
    Modality.IMAGE: mark_many("{number} image model", "{number} image models"),
    Modality.VIDEO: mark_many("{number} video model", "{number} video models"),
    Modality.AUDIO: mark_many("{number} audio model", "{number} audio models"),
    Modality.FILE: mark_many("{number} file model", "{number} file models"),
}


def family_lead(family: Family, members: Sequence[Facts]) -> str:
    """Return counts, retirements, the newest model and actions."""
    models = say_many(*MODELS[family.modality], len(members))
    if family.provider.slug == NOT_STATED_PROVIDER:
        sentences = [say("{models}.", models=models)]
    else:
        sentences = [say("{models} by {provider}.", models=models, provider=family.provider.display_name)]
    stages = Counter(member.lifecycle or "unknown" for member in members)
    if stages["deprecated"]:
        sentences.append(
            say_many("{number} model is deprecated.", "{number} models are deprecated.", stages["deprecated"])
        )
    if stages["retired"]:
        sentences.append(
            say_many("{number} model is retired.", "{number} models are retired.", stages["retired"])
        )
    released = [member for member in members if member.record["released_on"]]
    if released:
        newest = max(released, key=lambda member: str(member.record["released_on"]))
        day = spoken(str(newest.record["released_on"]))
        sentences.append(
            say("The newest with a known date is {name}, of {day}.", name=newest.record["name"], day=day)
        )
    actions = sorted({action.replace("_", " ") for member in members for action in member.record["actions"]})
    if actions:
        sentences.append(say("Actions: {actions}.", actions=join(actions)))
    return " ".join(sentences)
