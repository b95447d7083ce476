"""Longest prompts, licenses, links and vector sizes of models."""

from django.db import migrations, models

EMBEDDINGS = "openai-embeddings"


def mark_records(apps, schema_editor):
    """Have `migrate` build all records anew: they gain what this release adds, from 0018 on."""
    documents = apps.get_model("catalog", "Document").objects.using(schema_editor.connection.alias)
    documents.update(revision=0)


def move_vector_sizes(apps, schema_editor):
    """Call the vector sizes of embedding models so: release 0.1.0 took them for output limits."""
    alias = schema_editor.connection.alias
    endpoints, sources, models_ = (
        apps.get_model("catalog", name).objects.using(alias) for name in ("Endpoint", "Source", "Variant")
    )
    embedding = endpoints.filter(protocol=EMBEDDINGS).values("variant")
    other = endpoints.exclude(protocol=EMBEDDINGS).values("variant")
    for model in models_.filter(pk__in=embedding, max_output_tokens__isnull=False).exclude(pk__in=other):
        if "max_output_tokens" in model.admin_fields:
            continue
        model.vector_size, model.max_output_tokens = model.max_output_tokens, None
        model.save(update_fields=["vector_size", "max_output_tokens"])
        for source in sources.filter(variant=model):
            source.fields = [
                "vector_size" if name == "max_output_tokens" else name for name in source.fields
            ]
            source.save(update_fields=["fields"])


def move_back(apps, schema_editor):
    """Call them output limits again, as release 0.1.0 does."""
    alias = schema_editor.connection.alias
    sources, models_ = (apps.get_model("catalog", name).objects.using(alias) for name in ("Source", "Variant"))
    for model in models_.filter(vector_size__isnull=False, max_output_tokens__isnull=True):
        model.max_output_tokens = model.vector_size
        model.save(update_fields=["max_output_tokens"])
        for source in sources.filter(variant=model):
            source.fields = [
                "max_output_tokens" if name == "vector_size" else name for name in source.fields
            ]
            source.save(update_fields=["fields"])


class Migration(migrations.Migration):
    dependencies = [("catalog", "0022_price_doubts")]

    operations = [
        migrations.AddField(
            "variant",
            "license",
            models.JSONField(null=True, blank=True, help_text='{"name": "MIT", "url": "https://…"}'),
        ),
        migrations.AddField(
            "variant",
            "links",
            models.JSONField(
                default=list,
                db_default=models.Value([], models.JSONField()),
                blank=True,
                help_text='[{"kind": "pricing", "url": "https://…"}]'
            ),
        ),
        migrations.AddField(
            "variant",
            "max_input_tokens",
            models.PositiveIntegerField(null=True, blank=True, help_text="Tokens."),
        ),
        migrations.AddField(
            "variant",
            "vector_size",
            models.PositiveIntegerField(
                null=True, blank=True, help_text="Numbers in a vector of an embedding model."
            ),
        ),
        migrations.RunPython(move_vector_sizes, move_back),
        migrations.RunPython(mark_records, migrations.RunPython.noop),
    ]
