"""Create the groups that admins are put into, with what each may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = [
    "formerslug",
    "alias", "changeevent", "endpoint", "family", "faq", "parameter", "parameterrule", "price", "provider",
    "revision", "source", "statusevent", "usecase", "variant",
]
GROUPS = {
    "price editor": {"price": ["add"], "statusevent": ["add", "change"]},
    "content editor": {
        "provider": ["add", "change"],
        "family": ["add", "change"],
        "variant": ["add", "change"],
        "alias": ["add", "change", "delete"],
        "endpoint": ["add", "change", "delete"],
        "parameter": ["add", "change", "delete"],
        "parameterrule": ["add", "change", "delete"],
        "usecase": ["add", "change", "delete"],
        "faq": ["add", "change", "delete"],
        "source": ["add", "change", "delete"],
        "formerslug": ["add", "change"],
        "statusevent": ["add", "change"],
    },
}


def create_groups(apps, schema_editor):
    # Permissions are made after all migrations; these groups need them now.
    config = apps.get_app_config("catalog")
    config.models_module = True
    create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    config.models_module = None
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, rights in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        names = [f"view_{model}" for model in READ]
        names += [f"{verb}_{model}" for model, verbs in rights.items() for verb in verbs]
        group.permissions.set(Permission.objects.filter(content_type__app_label="catalog", codename__in=names))


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
