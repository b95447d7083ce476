"""Drops what is stored for lists: retired models no longer count as operational. It is built anew afterwards."""

from django.db import migrations


def forget(apps, schema_editor):
    for name in ("FacetBits", "FacetTally", "FacetSpan", "ListKey", "FacetClock"):
        apps.get_model("catalog", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("catalog", "0015_mended_texts")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
