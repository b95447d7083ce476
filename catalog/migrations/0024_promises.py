"""Let the operator state promises, and content editors edit them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations, models

NAMES = [
    ("failed_calls_are_free", "Failed calls are free"),
    ("calls_use_credit", "Calls use credit that is paid in advance"),
    ("no_subscription", "No subscription is needed"),
    ("one_key_for_all_models", "One key works for all models"),
    ("no_provider_account", "No account with a provider is needed"),
    ("keys_of_all_sdks", "The key headers of all SDKs are accepted"),
    ("key_page", "Page where keys are made"),
    ("key_check", "Address that answers whether a key works"),
    ("limits_are_per_key", "Rate limits hold per key"),
    ("retry_after", "429 is answered with Retry-After"),
    ("idempotency_key", "Idempotency-Key makes repeating safe"),
    ("results_kept_days", "Days for which results are kept"),
    ("price_schedules", "Address of the prices that hold now"),
]
KINDS = [
    ("price", "Price"),
    ("lifecycle", "Lifecycle"),
    ("status", "Status"),
    ("catalog", "Catalog"),
    ("added", "Added"),
    ("correction", "Correction"),
    ("promise", "Promise"),
]
RIGHTS = {
    "price editor": ["view_promise"],
    "content editor": ["view_promise", "add_promise", "change_promise"],
}


def mark_records(apps, schema_editor):
    """Have `migrate` build all records anew: they tell a stated name from a derived one."""
    documents = apps.get_model("catalog", "Document").objects.using(schema_editor.connection.alias)
    documents.update(revision=0)


def extend_groups(apps, schema_editor):
    # Permissions are made after all migrations; these groups need them now.
    config = apps.get_app_config("catalog")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, names in RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="catalog", codename__in=names))


class Migration(migrations.Migration):
    dependencies = [("catalog", "0023_model_facts")]

    operations = [
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source_url", models.URLField(max_length=500, blank=True)),
                ("source_label", models.CharField(max_length=300, blank=True)),
                (
                    "checked_on",
                    models.DateField(null=True, blank=True, help_text="The day the source was read."),
                ),
                (
                    "admin_fields",
                    models.JSONField(
                        default=list,
                        blank=True,
                        editable=False,
                        help_text="Fields that an admin has set: loading a catalog file leaves them alone.",
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=40, unique=True, choices=NAMES),
                ),
                (
                    "value",
                    models.CharField(
                        max_length=300,
                        blank=True,
                        help_text="Of days: a number. Of an address: a path below the API's base URL, like "
                        "/api_keys. Else empty.",
                    ),
                ),
                (
                    "is_stated",
                    models.BooleanField(
                        "promised",
                        default=True,
                        help_text="Without it, no page, file or answer says so.",
                    ),
                ),
            ],
            options={"ordering": ["name"]},
        ),
        migrations.RunPython(extend_groups, migrations.RunPython.noop),
        migrations.AlterField(
            "variant",
            "name",
            models.CharField(
                max_length=200, blank=True, help_text="Blank: one of family and action is shown."
            ),
        ),
        migrations.AlterField(
            "changeevent",
            "exact_kind",
            models.CharField(choices=KINDS, editable=False, max_length=10, null=True),
        ),
        migrations.RunPython(mark_records, migrations.RunPython.noop),
    ]
