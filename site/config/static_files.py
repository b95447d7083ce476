"""Static files under names that change with their content, the modules that scripts import included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrite `import "./name.js"` to the hashed name too, so that no visitor mixes two releases."""

    support_js_module_import_aggregation = True
