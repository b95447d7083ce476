"""Questions that every model's page answers, each worded by what is recorded of the model."""

from dataclasses import dataclass

from catalog.compare import spoken
from catalog.facts import Facts
from catalog.wording.billing import failure, is_task
from catalog.wording.phrases import code, codes, count, maker
from catalog.wording.subject import Subject


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answer; backticks mark code. `answer_html` is an editor's, already sanitised."""

    question: str
    answer: str = ""
    answer_html: str = ""


def questions(subject: Subject) -> list[Question]:
    """Answer what can be answered from the record, then what editors answered."""
    name = subject.record["name"]
    calls = [
        _rate_limit(subject),
        _streaming(subject.this),
        Question(f"What does a failed call to {name} cost?", failure(subject.this)),
    ]
    computed = [
        _stable(subject.this),
        _switch(subject),
        *([] if subject.this.is_retired else calls),
        None if subject.this.is_retired or not subject.record["endpoints"] else _account(subject),
        _report(subject),
    ]
    written = [Question(row["question"], row["answer"], row["answer_html"]) for row in subject.record["faq"]]
    return [*(question for question in computed if question), *written]


def _stable(facts: Facts) -> Question:
    record = facts.record
    name = code(record["model_id"])
    if record["snapshot_on"]:
        day = spoken(record["snapshot_on"])
        answer = f"{name} names one dated snapshot, that of {day}: it does not move to a later one."
        if record["aliases"]:
            verb = "points" if len(record["aliases"]) == 1 else "point"
            answer += f" {codes(record['aliases'])} {verb} at this snapshot."
    else:
        answer = f"{name} carries no date. Whether what answers to it may change over time is not stated."
        if record["aliases"]:
            answer += f" It also answers to {codes(record['aliases'])}."
    return Question(f"Is the ID {name} stable?", answer + _end(facts))


def _end(facts: Facts) -> str:
    retires = facts.record["retires_on"]
    if facts.is_retired:
        return f" It retired on {spoken(retires)}." if retires else " It is retired."
    return f" It retires on {spoken(retires)} and does not answer from that day on." if retires else ""


def _rate_limit(subject: Subject) -> Question:
    name = subject.record["name"]
    return Question(
        f"What is the rate limit of {name}?",
        f"No limit of {name} itself is published. Limits hold per API key: a request over the limit is "
        "answered with status 429 and a `Retry-After` header that says how many seconds to wait.",
    )


def _switch(subject: Subject) -> Question:
    record = subject.record
    family = record["family"]["name"]
    near = [
        other for other in subject.siblings if not other.is_retired and _share_an_address(other, subject.this)
    ]
    question = f"Can I switch from {record['name']} to another model?"
    if not subject.siblings:
        return Question(question, f"The {family} family has no other model on record.")
    if not near:
        return Question(question, f"No other model of the {family} family shares an address with this one.")
    verb = "answers" if len(near) == 1 else "answer"
    others = f"{count(len(near), 'other model')} of the {family} family"
    answer = f"Yes. {others} {verb} at an address of {record['name']}: change the model ID and keep the key."
    if record["parameters"]:
        answer += " Which parameters a model takes stands on its page."
    return Question(question, answer)


def _share_an_address(one: Facts, other: Facts) -> bool:
    mine = {(row["protocol"], row["path"]) for row in one.record["endpoints"]}
    return any((row["protocol"], row["path"]) in mine for row in other.record["endpoints"])


def _streaming(facts: Facts) -> Question | None:
    """Say whether a model streams; a task is waited for, so of tasks the question is not asked."""
    if is_task(facts):
        return None
    name = facts.record["name"]
    if "streaming" in facts.record["capabilities"]:
        answer = f"Yes, streaming is a recorded capability of {name}."
    else:
        answer = f"Not stated: no source read so far says whether {name} streams."
    return Question(f"Does {name} stream?", answer)


def _account(subject: Subject) -> Question:
    return Question(
        f"Do I need an account with {maker(subject.record)}?",
        f"No. One {subject.site.name} API key works for every model that is served here.",
    )


def _report(subject: Subject) -> Question | None:
    site, name = subject.site, subject.record["name"]
    task = " and the task ID" if is_task(subject.this) else ""
    ways = [f"write to {site.support_email}"] if site.support_email else []
    ways += [f"use {site.support_url}"] if site.support_url else []
    if not ways:
        return None
    said = " or ".join(ways)
    return Question(
        f"Where do I report a problem with {name}?",
        f"{said[0].upper()}{said[1:]}, and give the model ID {code(subject.record['model_id'])}{task}.",
    )
