"""What a query finds first, and which models answer as well, on whichever catalog the database holds."""

from datetime import date

from catalog.models import Alias, Variant
from catalog.search.finding import FEW, find

TODAY = date(2026, 11, 24)


def first(text, most=100):
    """Kind and label of the best hit; None where nothing is found."""
    hits = find(text, TODAY, most)
    return (hits.groups[0].kind, hits.groups[0].hits[0].label) if hits.groups else None


def equals(text):
    """The models that answer as well as the best one."""
    hits = next(group.hits for group in find(text, TODAY).groups if group.kind == "model")
    return [hit.label for hit in hits if hit.score[:2] == hits[0].score[:2]]


def misplaced(expected):
    """Queries whose first hit is another than expected, among all candidates or as one types."""
    return {
        (text, most): hit
        for text in expected
        for most in (100, FEW)
        if (hit := first(text, most)) != expected[text]
    }


def unfound():
    """Models that are not first by their ID, or not among the best by an alias or their name."""
    models = list(Variant.objects.values_list("model_id", "name"))
    ids = [(model_id, most) for model_id, _ in models for most in (100, FEW)]
    lost = [(model_id, most) for model_id, most in ids if first(model_id, most) != ("model", model_id)]
    others = [(name, model_id) for model_id, name in models if name]
    others += Alias.objects.values_list("alias_id", "variant__model_id")
    assert models
    return lost + [(text, model_id) for text, model_id in others if model_id not in equals(text)]
