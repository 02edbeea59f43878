from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Compressed, under names made of the content; so are the modules that a script imports."""

    support_js_module_import_aggregation = True
