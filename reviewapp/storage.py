"""Static files under hashed names, compressed, with the imports between our modules renamed too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Whitenoise's storage; ES modules import each other by their hashed names."""

    support_js_module_import_aggregation = True
