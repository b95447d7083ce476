"""What a family's page says of it in one paragraph, from its models' records."""

from collections import Counter
from collections.abc import Sequence

from catalog.compare import spoken
from catalog.facts import Facts
from catalog.models import Family
from catalog.vocabulary import Modality
from catalog.wording.phrases import NOT_STATED_PROVIDER, count, join


def family_lead(family: Family, members: Sequence[Facts]) -> str:
    """Say how many models there are, what they make, and when the newest came."""
    maker = "" if family.provider.slug == NOT_STATED_PROVIDER else f" by {family.provider.name}"
    kind = f"{Modality(family.modality).label.lower()} " if family.modality else ""
    sentences = [f"{count(len(members), f'{kind}model')}{maker}."]
    stages = Counter(member.lifecycle or "unknown" for member in members)
    leaving = stages["deprecated"]
    if leaving:
        sentences.append(f"{count(leaving, 'model')} will retire on a known date.")
    if stages["retired"]:
        sentences.append(f"{count(stages['retired'], 'model is', 'models are')} retired.")
    released = [member for member in members if member.record["released_on"]]
    if released:
        newest = max(released, key=lambda member: str(member.record["released_on"]))
        day = spoken(str(newest.record["released_on"]))
        sentences.append(f"The newest with a known date is {newest.record['name']}, of {day}.")
    actions = sorted({action.replace("_", " ") for member in members for action in member.record["actions"]})
    if actions:
        sentences.append(f"Actions: {join(actions)}.")
    return " ".join(sentences)
