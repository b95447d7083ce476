"""Two people edit the rows below a model: each row is merged, and a deleted one is no fault."""

import pytest

from catalog.models import Alias, Endpoint, Faq, Variant
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin
from forms import filled
from rows import a_variant
from two_editors import WHEN, change, refused, save, shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def variant() -> Variant:
    return a_variant("testfam-one", name="One", lifecycle="active")


@pytest.fixture
def aliases(variant) -> list[Alias]:
    return [Alias.objects.create(variant=variant, alias_id=f"testfam-{word}") for word in ("a", "b")]


def ids(variant) -> list[str]:
    return sorted(variant.aliases.values_list("alias_id", flat=True))


@pytest.mark.usefixtures("aliases")
class TestRows:
    """The rows below a model, as two editors change them."""

    def test_different_rows_both_win(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-alias_id": "testfam-theirs"})
        save(desk, variant, mine | {"aliases-1-alias_id": "testfam-mine"})
        assert ids(variant) == ["testfam-mine", "testfam-theirs"]

    def test_one_row_changed_by_both_is_refused(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-alias_id": "testfam-theirs"})
        again, said = refused(desk, variant, mine | {"aliases-0-alias_id": "testfam-mine", "name": "Mine"})
        assert (
            f"Changed by bob at {WHEN} from “testfam-a” to “testfam-theirs”; your value: “testfam-mine”."
            in said
        )
        save(desk, variant, again)
        assert (ids(variant), variant.name) == (["testfam-b", "testfam-mine"], "Mine")

    def test_rows_added_by_both_are_kept(self, desk, other_desk, variant):
        new = {"aliases-TOTAL_FORMS": "3", "aliases-2-id": "", "aliases-2-variant": str(variant.pk)}
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | new | {"aliases-2-alias_id": "testfam-c"})
        again, said = refused(desk, variant, mine | new | {"aliases-2-alias_id": "testfam-c"})
        assert "already exists" in said
        save(desk, variant, again | {"aliases-2-alias_id": "testfam-d"})
        assert ids(variant) == ["testfam-a", "testfam-b", "testfam-c", "testfam-d"]

    def test_a_row_deleted_meanwhile_stays_so_where_it_was_not_edited(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-DELETE": "on"})
        again, said = refused(desk, variant, mine | {"aliases-1-alias_id": "two words"})
        assert "is not a model ID" in said
        save(desk, variant, again | {"aliases-1-alias_id": "testfam-mine", "name": "Mine"})
        assert (ids(variant), variant.name) == (["testfam-mine"], "Mine")

    def test_a_row_deleted_meanwhile_and_edited_is_said(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-DELETE": "on"})
        sent = mine | {"aliases-0-alias_id": "testfam-mine", "aliases-1-alias_id": "testfam-b2"}
        answer = desk.post(change(variant), sent)
        page = answer.content.decode()
        assert f"Deleted by bob at {WHEN}." in page
        assert 'value="testfam-mine"' in page
        assert 'value="testfam-b2"' in page
        again, said = refused(desk, variant, filled(answer))
        assert "Tick Delete to leave it so" in said
        save(desk, variant, again | {"aliases-0-DELETE": "on"})
        assert ids(variant) == ["testfam-b2"]

    def test_a_row_deleted_by_both_is_deleted(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-DELETE": "on"})
        save(desk, variant, mine | {"aliases-0-DELETE": "on"})
        assert ids(variant) == ["testfam-b"]

    def test_a_row_changed_meanwhile_is_deleted_only_knowingly(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-alias_id": "testfam-theirs"})
        again, said = refused(desk, variant, mine | {"aliases-0-DELETE": "on"})
        assert f"Changed by bob at {WHEN}: Alias. Save again to delete the row." in said
        assert ids(variant) == ["testfam-b", "testfam-theirs"]
        save(desk, variant, again | {"aliases-0-DELETE": "on"})
        assert ids(variant) == ["testfam-b"]

    def test_a_group_that_a_file_restated_is_said(self, desk, variant):
        mine = shown(desk, variant)
        with publish(actor=None, origin=Origin.FILE) as edition:
            edition.remove(variant.aliases.all())
            edition.add(Alias(variant=variant, alias_id="testfam-a"))
            edition.record(ChangeKind.CATALOG, variant, f"{variant}: aliases restated", after=[])
        _, said = refused(desk, variant, mine | {"aliases-0-alias_id": "testfam-mine"})
        assert f"Deleted by catalog file at {WHEN}." in said
        save(desk, variant, mine | {"name": "Mine"})
        assert (ids(variant), variant.name) == (["testfam-a"], "Mine")

    def test_a_form_without_rows_or_with_made_up_ones_is_no_fault(self, desk, variant):
        mine = shown(desk, variant)
        for wrong in ("999999", "x", "", "-1"):
            answer = desk.post(change(variant), mine | {"aliases-0-id": wrong, "aliases-0-alias_id": "new"})
            assert answer.status_code == 200
        bare = {key: value for key, value in mine.items() if not key.startswith("aliases-")}
        assert desk.post(change(variant), bare).status_code == 200
        assert ids(variant) == ["testfam-a", "testfam-b"]


def test_fields_of_one_row_are_merged(desk, other_desk, variant):
    row = Endpoint.objects.create(variant=variant, method="POST", path="/v1/x", protocol="task")
    Faq.objects.create(variant=variant, question="Why?", answer="So.\nThat.")
    mine, theirs = shown(desk, variant), shown(other_desk, variant)
    save(other_desk, variant, theirs | {"endpoints-0-path": "/v1/theirs", "faqs-0-answer": "Theirs"})
    save(desk, variant, mine | {"endpoints-0-method": "GET", "faqs-0-answer": "So.\r\nThat."})
    row.refresh_from_db()
    assert (row.method, row.path) == ("GET", "/v1/theirs")
    assert variant.faqs.get().answer == "Theirs"
