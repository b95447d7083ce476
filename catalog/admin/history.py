"""The audit in the admin."""

from django.contrib import admin

from catalog.admin.bases import TabularInline
from catalog.admin.publishing_admin import ReadOnlyAdmin
from catalog.models import ChangeEvent, Revision


class ChangeEventInline(TabularInline):
    """A revision's events."""

    model = ChangeEvent
    fields = ["change_kind", "subject", "summary", "before", "after"]
    readonly_fields = ["change_kind", "subject", "summary", "before", "after"]
    can_delete = False
    extra = 0
    max_num = 0

    @admin.display(description="Kind")
    def change_kind(self, event: ChangeEvent) -> str:
        """Return the kind."""
        return event.change_kind.label


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """Publishes."""

    list_display = ["number", "at", "actor", "origin", "reason"]
    list_filter = ["origin", "at"]
    list_select_related = ["actor"]
    inlines = [ChangeEventInline]


@admin.register(ChangeEvent)
class ChangeEventAdmin(ReadOnlyAdmin):
    """Changed facts."""

    list_display = ["summary", "change_kind", "subject", "happened_at", "actor", "revision"]
    list_filter = ["kind", "revision__at", "revision__origin"]
    list_select_related = ["revision__actor"]
    search_fields = ["subject", "summary"]

    @admin.display(description="Kind", ordering="kind")
    def change_kind(self, event: ChangeEvent) -> str:
        """Return the kind."""
        return event.change_kind.label

    @admin.display(description="When", ordering="revision__at")
    def happened_at(self, event: ChangeEvent) -> str:
        """Return the instant."""
        return f"{event.revision.at:%Y-%m-%d %H:%M} UTC"

    @admin.display(description="Who")
    def actor(self, event: ChangeEvent) -> str:
        """Return the user or origin."""
        return str(event.revision.actor or event.revision.get_origin_display())
