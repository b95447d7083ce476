"""A model's FAQ: computed answers, then editors'."""

from dataclasses import dataclass

from catalog.presentation.wording.billing import is_task
from catalog.presentation.wording.promises import account, rate_limits
from catalog.presentation.wording.subject import Subject
from catalog.records.derived_facts import gives_vectors
from catalog.records.end_of_life_headers import is_ending
from catalog.records.facts import Facts
from catalog.records.phrases import code, codes, join, maker
from catalog.search.successors import NamedModel
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import mark, say, say_many

REPORTS = {
    (True, False, False): mark("Write to {mail}, and give the model ID {id}."),
    (True, False, True): mark("Write to {mail}, and give the model ID {id} and the task ID."),
    (False, True, False): mark("Use {address}, and give the model ID {id}."),
    (False, True, True): mark("Use {address}, and give the model ID {id} and the task ID."),
    (True, True, False): mark("Write to {mail} or use {address}, and give the model ID {id}."),
    (True, True, True): mark("Write to {mail} or use {address}, and give the model ID {id} and the task ID."),
}
"""By whether there is a mail address, a web address, a task."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question; backticks in `answer` mark code, `answer_html` is sanitised."""

    question: str
    answer: str = ""
    answer_html: str = ""


def questions(subject: Subject) -> list[Question]:
    """List what the record answers, then editors' questions."""
    calls = [_rate_limit(subject), _streaming(subject.this)]
    computed = [
        _stable(subject.this),
        _switch(subject),
        # A retired model is not called any more.
        *([] if subject.this.is_retired else calls),
        None if subject.this.is_retired or not subject.record["endpoints"] else _account(subject),
        _report(subject),
    ]
    written = [Question(row["question"], row["answer"], row["answer_html"]) for row in subject.record["faq"]]
    return [*(question for question in computed if question), *written]


def _stable(facts: Facts) -> Question | None:
    record = facts.record
    name = code(record["model_id"])
    end = _end(facts)
    if not record["snapshot_on"] and not end:
        return None
    answer: list[str] = []
    if record["snapshot_on"]:
        day = spoken(record["snapshot_on"])
        answer = [
            say(
                "{id} names one dated snapshot, that of {day}: it does not move to a later one.",
                id=name,
                day=day,
            )
        ]
        if record["aliases"]:
            answer.append(
                say_many(
                    "{aliases} points at this snapshot.",
                    "{aliases} point at this snapshot.",
                    len(record["aliases"]),
                    aliases=codes(record["aliases"]),
                )
            )
    return Question(say("Is the ID {id} stable?", id=name), " ".join([*answer, *end]))


def _end(facts: Facts) -> list[str]:
    retires = facts.record["retires_on"]
    day = spoken(retires) if retires else ""
    if facts.is_retired:
        return [say("It retired on {day}.", day=day) if retires else say("It is retired.")]
    if not retires:
        earliest = facts.record["retires_not_before"]
        return [say("It retires not before {day}.", day=spoken(earliest))] if earliest else []
    return [say("It retires on {day} and does not answer from that day on.", day=day)]


def _rate_limit(subject: Subject) -> Question | None:
    answer = rate_limits(subject.promises)
    question = say("How is {name} rate limited?", name=subject.record["name"])
    return Question(question, answer) if answer else None


def _switch(subject: Subject) -> Question | None:
    record = subject.record
    near = [
        other
        for other in subject.siblings
        if other.lifecycle == "active" and _share_an_address(other, subject.this)
    ]
    sentences = [_named_to_follow(subject)]
    if near:
        switch = say_many(
            "Yes: change the model ID. {number} other {family} model uses the same endpoint.",
            "Yes: change the model ID. {number} other {family} models use the same endpoint.",
            len(near),
            family=record["family"]["name"],
        )
        sentences = [switch, *sentences]
    answer = " ".join(filter(None, sentences))
    question = say("Can I switch from {name} to another model?", name=record["name"])
    return Question(question, answer) if answer else None


def _named_to_follow(subject: Subject) -> str:
    # The same that the warning above the page names.
    follows = subject.successors
    if not follows.stated or not is_ending(subject.this):
        return ""
    named = say("Named to replace it: {models}.", models=join(map(_called, follows.stated)))
    if follows.living is None or follows.living in follows.stated:
        return named
    living = say("Active model that follows: {model}.", model=_called(follows.living))
    return f"{named} {living}"


def _called(model: NamedModel) -> str:
    return model.name if model.path else code(model.model_id)


def _share_an_address(one: Facts, other: Facts) -> bool:
    mine = {(row["protocol"], row["path"]) for row in one.record["endpoints"]}
    return any((row["protocol"], row["path"]) in mine for row in other.record["endpoints"])


def _streaming(facts: Facts) -> Question | None:
    # Tasks are polled, and a vector comes whole: nobody asks whether they stream.
    if is_task(facts) or gives_vectors(facts.record):
        return None
    name = facts.record["name"]
    if "streaming" in facts.record["capabilities"]:
        answer = say("Yes, streaming is a recorded capability of {name}.", name=name)
    elif "streaming" in facts.record["lacks"]:
        answer = say("No, a source denies it of {name}.", name=name)
    else:
        return None
    return Question(say("Does {name} stream?", name=name), answer)


def _account(subject: Subject) -> Question | None:
    answer = account(subject.promises, subject.site.name)
    question = say("Do I need an account with {provider}?", provider=maker(subject.record))
    return Question(question, answer) if answer else None


def _report(subject: Subject) -> Question | None:
    site, name = subject.site, subject.record["name"]
    mail, address = site.support_email, site.support_url
    if not mail and not address:
        return None
    return Question(
        say("Where do I report a problem with {name}?", name=name),
        say(
            REPORTS[bool(mail), bool(address), is_task(subject.this)],
            mail=mail,
            address=address,
            id=code(subject.record["model_id"]),
        ),
    )
