"""Former addresses of models."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from catalog.admin.publishing_admin import PublishingAdmin, ReasonForm
from catalog.models import Family, FormerSlug
from catalog.vocabulary import ChangeKind


class FormerSlugForm(ReasonForm):
    """A former address."""

    def clean_family_slug(self) -> str:
        """Refuse an unknown family."""
        slug: str = self.cleaned_data["family_slug"]
        if not Family.objects.filter(slug=slug).exists():
            msg = f"There is no family {slug!r}."
            raise forms.ValidationError(msg)
        return slug


@admin.register(FormerSlug)
class FormerSlugAdmin(PublishingAdmin):
    """Former addresses; without a model they answer 410."""

    form = FormerSlugForm
    list_display = ["family_slug", "slug", "variant"]
    list_select_related = ["variant"]
    search_fields = ["family_slug", "slug", "variant__model_id"]
    autocomplete_fields = ["variant"]
    fields = ["family_slug", "slug", "variant", "change_reason"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and record it with the family."""
        edition = request.edition  # type: ignore[attr-defined]
        names = [name for name in form.changed_data if name != "change_reason"]
        if not names:
            return
        family = Family.objects.get(slug=obj.family_slug)
        outcome = f"now leads to {obj.variant}" if obj.variant else "is withdrawn"
        if change:
            edition.store(obj, names)
        else:
            edition.add(obj)
        edition.record(ChangeKind.CATALOG, family, f"/models/{obj.family_slug}/{obj.slug} {outcome}")
