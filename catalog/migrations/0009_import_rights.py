"""Let content editors import other catalogs, and everybody with a look at models see what others say."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {
    "price editor": ["view_importfile", "view_sourceclaim"],
    "content editor": ["view_importfile", "add_importfile", "change_importfile", "view_sourceclaim"],
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
    dependencies = [("catalog", "0008_imports")]

    operations = [migrations.RunPython(extend_groups, migrations.RunPython.noop)]
