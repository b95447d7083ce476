"""Let price editors prepare and approve change sets, and everybody with a look at prices see them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "price editor": ["view_changeset", "add_changeset", "change_changeset", "approve_changeset", "view_priceedit"],
    "content editor": ["view_changeset", "view_priceedit"],
}


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
    dependencies = [("catalog", "0005_change_sets")]

    operations = [migrations.RunPython(extend_groups, migrations.RunPython.noop)]
