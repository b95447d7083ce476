"""Approves, reschedules, cancels and undoes sets of price edits."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from catalog.models import ChangeSet, Price, PriceEdit
from catalog.publishing.build_records import dated_price
from catalog.publishing.drafts import PriceDraft, draft
from catalog.publishing.price_changes import (
    RefusedError,
    RefusedLinesError,
    Successor,
    add,
    begin,
    set_end,
    succeed,
)
from catalog.publishing.price_factors import end_products, follow
from catalog.publishing.price_terms import refuse_slips
from catalog.publishing.promotions import cancel_announced, cancel_promotion, resume
from catalog.publishing.publish import Edition, publish
from catalog.records.phrases import price_text
from catalog.vocabulary import ChangeKind, ChangeSetState, Origin, PriceKind


class ConflictError(RefusedLinesError):
    """A price has changed since it was looked at."""


def approve(change_set: ChangeSet, actor: User | None, *, applies_at: datetime | None = None) -> ChangeSet:
    """Publish all edits of a draft, now or at an instant; raise ConflictError or RefusedLinesError."""
    with publish(actor=actor, origin=Origin.ADMIN, reason=change_set.reason) as edition:
        edition.begin()
        locked = _locked(change_set, ChangeSetState.DRAFT)
        at = applies_at or edition.at
        edits = list(_edits(locked))
        _refuse_conflicts(edits)
        # An undo may bring back a price whose name of a condition would be refused today.
        if locked.undoes_id is None:
            refuse_slips(edits)
        for edit in edits:
            edit.created = _carry_out(edition, locked, edit, at)
        _follow(edition, edits)
        edition.store_many(edits, ["created"])
        _decide(locked, actor, edition, ChangeSetState.APPROVED, at)
    return locked


def withdraw(change_set: ChangeSet, actor: User | None, *, seen: int | None = None) -> ChangeSet:
    """Cancel a draft or a scheduled set; raise RefusedError.

    `seen` is the revision of the decision that was shown: a later one is refused.
    """
    with publish(actor=actor, origin=Origin.ADMIN, reason=f"Cancelled: {change_set.reason}"[:500]) as edition:
        edition.begin()
        locked = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
        _refuse_unseen(locked, seen)
        stage = locked.stage(edition.at)
        if stage not in ("draft", "scheduled"):
            raise RefusedError(f"{locked} is {stage}: it cannot be cancelled, only undone.")
        if stage == "scheduled":
            for edit in _edits(locked):
                _take_back(edition, edit)
        locked.state, locked.decided_by, locked.decided_at = ChangeSetState.CANCELLED, actor, edition.at
        edition.store(locked, ["state", "decided_by", "decided_at"])
    return locked


def reschedule(
    change_set: ChangeSet, actor: User | None, applies_at: datetime, *, seen: int | None = None
) -> ChangeSet:
    """Move a scheduled set to another future instant; `seen` as for `withdraw`."""
    with publish(
        actor=actor, origin=Origin.ADMIN, reason=f"Rescheduled: {change_set.reason}"[:500]
    ) as edition:
        edition.begin()
        locked = _locked(change_set, ChangeSetState.APPROVED)
        _refuse_unseen(locked, seen)
        if locked.stage(edition.at) != "scheduled" or applies_at <= edition.at:
            raise RefusedError("Only what has not begun can be moved, and only to a time that lies ahead.")
        edits = list(_edits(locked))
        for edit in edits:
            _take_back(edition, edit)
        for edit in edits:
            edit.created = _carry_out(edition, locked, edit, applies_at)
        _follow(edition, edits)
        edition.store_many(edits, ["created"])
        _decide(locked, actor, edition, ChangeSetState.APPROVED, applies_at)
    return locked


def undo(change_set: ChangeSet, actor: User | None) -> ChangeSet:
    """Draft the inverse of an applied set; raise ConflictError."""
    if change_set.stage(timezone.now()) != "applied":
        raise RefusedError("Only what has been applied can be undone.")
    edits = list(_edits(change_set))
    later = [
        f"{edit}: changed again since"
        for edit in edits
        if (edit.created and edit.created.effective_until) or (edit.ends and _begun_since(edit))
    ]
    if later:
        raise ConflictError(later)
    return draft(
        actor,
        reason=f"Undo of change set {change_set.pk}: {change_set.reason}"[:500],
        source_label=change_set.source_label,
        source_url=change_set.source_url,
        edits=[_inverse(edit) for edit in edits],
        undoes=change_set,
    )


def _begun_since(edit: PriceEdit) -> bool:
    same = Price.objects.filter(variant=edit.variant, kind=edit.kind, meter=edit.meter)
    ended = edit.based_on.effective_until if edit.based_on else None
    return same.filter(conditions_key=edit.conditions_key, effective_from__gte=ended).exists()


def conflicts(edits: Iterable[PriceEdit]) -> list[str]:
    """List edits not based on the current open price."""
    rows = list(edits)
    open_rows: dict[tuple[Any, ...], Price] = {}
    variants = {edit.variant_id for edit in rows}
    # In this order the latest row of a key overwrites the others.
    for price in Price.objects.filter(variant__in=variants).order_by("effective_from"):
        open_rows[price.variant_id, price.kind, price.meter, price.conditions_key] = price
    reasons = []
    for edit in rows:
        last = open_rows.get((edit.variant_id, edit.kind, edit.meter, edit.conditions_key))
        is_open = last is not None and (last.effective_until is None or last.effective_until > timezone.now())
        if edit.based_on_id != (last.pk if last and is_open else None):
            reasons.append(f"{edit}: {_now(last if is_open else None)}")
        elif last is not None and is_open and last.effective_until is not None:
            reasons.append(f"{edit}: it already ends on {last.effective_until:%Y-%m-%d %H:%M} UTC")
    return reasons


def _now(last: Price | None) -> str:
    if last is None:
        return "it is now not on record"
    if last.effective_from > timezone.now():
        return f"{price_text(last.value)} is announced. Cancel what is announced first"
    return f"it is now {price_text(last.value)}"


def _refuse_conflicts(edits: list[PriceEdit]) -> None:
    if lines := conflicts(edits):
        raise ConflictError(lines)


def _edits(change_set: ChangeSet) -> Any:
    return change_set.edits.select_related("variant__family", "based_on", "created")


def _locked(change_set: ChangeSet, state: ChangeSetState) -> ChangeSet:
    locked = ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    if locked.state != state:
        raise RefusedError(
            f"{locked} is no {ChangeSetState(state).label.lower()} any more: it is {locked.state}."
        )
    return locked


def _refuse_unseen(change_set: ChangeSet, seen: int | None) -> None:
    # Approving and moving store a revision: another one means that somebody has decided since.
    if seen is not None and seen != (change_set.revision_id or 0):
        when = f"{change_set.decided_at:%Y-%m-%d %H:%M} UTC"
        until = (
            f", to take effect on {change_set.applies_at:%Y-%m-%d %H:%M} UTC" if change_set.applies_at else ""
        )
        raise RefusedError(
            f"{change_set.decided_by or 'Somebody'} decided on {change_set} at {when}{until}. "
            "Check it, then decide again."
        )


def _decide(
    change_set: ChangeSet, actor: User | None, edition: Edition, state: ChangeSetState, applies_at: datetime
) -> None:
    change_set.state, change_set.applies_at, change_set.revision_id = state, applies_at, edition.begin()
    change_set.decided_by, change_set.decided_at = actor, edition.at
    edition.store(change_set, ["state", "applies_at", "revision", "decided_by", "decided_at"])


def _carry_out(edition: Edition, change_set: ChangeSet, edit: PriceEdit, at: datetime) -> Price | None:
    if edit.ends and edit.based_on is not None:
        old = edit.based_on
        end_products(edition, old, at)
        set_end(edition, old, at)
        summary = f"{edit}: {price_text(old.value)} ends on {at:%Y-%m-%d %H:%M} UTC"
        edition.record(ChangeKind.PRICE, edit.variant, summary, before=dated_price(old))
        return None
    new = Successor(
        value=edit.value,
        effective_from=at,
        effective_until=edit.effective_until,
        source_url=change_set.source_url,
        source_label=change_set.source_label,
        reason=change_set.reason,
        omits=_omitted_before(edit) if change_set.undoes_id else "",
        # A list price without a start was read now, and may have held before.
        on_record_since=at if at == edition.at and edit.kind == PriceKind.LIST else None,
    )
    if edit.effective_until is not None and edit.effective_until <= at:
        raise RefusedError(f"{edit}: the promotion would end before it begins.")
    if edit.based_on is not None:
        return succeed(edition, edit.based_on, new)
    # An undo begins a price anew that has ended.
    ended = _last_ended(edit, at) if change_set.undoes_id else None
    return add(edition, begin(edition, edit.variant, new, ended))


def _omitted_before(edit: PriceEdit) -> str:
    """Return what the source of the price that an undo restores also priced."""
    same = Price.objects.filter(variant=edit.variant, kind=edit.kind, meter=edit.meter, per=edit.per)
    restored = same.filter(conditions_key=edit.conditions_key, state=edit.state, amount=edit.amount)
    return restored.order_by("-effective_from").values_list("omits", flat=True).first() or ""


def _last_ended(edit: PriceEdit, at: datetime) -> Price | None:
    same = Price.objects.filter(variant=edit.variant, kind=edit.kind, meter=edit.meter, per=edit.per)
    ended = same.filter(conditions_key=edit.conditions_key, effective_until__lte=at)
    return ended.order_by("effective_until").last()


def _follow(edition: Edition, edits: Iterable[PriceEdit]) -> None:
    # Once all stated prices are written: those go before what a factor makes.
    for edit in edits:
        if edit.created is not None:
            follow(edition, edit.created)
            if edit.effective_until and edit.based_on:
                follow(edition, resume(edition, edit.based_on, edit.created))


def _take_back(edition: Edition, edit: PriceEdit) -> None:
    """Remove what an edit announced."""
    created, old = edit.created, edit.based_on
    if created is not None:
        edit.created = None
        cancel_promotion(edition, created) if edit.effective_until else cancel_announced(edition, created)
    if old is not None:
        # `cancel` reopened another instance of this row, and `reschedule` goes on with this one.
        old.refresh_from_db()
        if edit.ends:
            end_products(edition, old, None, old.effective_until)
            set_end(edition, old, None)
            summary = f"{edit}: goes on at {price_text(old.value)}"
            edition.record(ChangeKind.PRICE, edit.variant, summary, after=dated_price(old))


def _inverse(edit: PriceEdit) -> PriceDraft:
    if edit.based_on is None:
        return PriceDraft(edit.variant, edit.created, edit.value, ends=True)
    # What ended begins anew; what was changed is changed back.
    return PriceDraft(edit.variant, None if edit.ends else edit.created, edit.based_on.value)
