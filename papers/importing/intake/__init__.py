"""From a document to the tables: preview, corrections, applying, undoing."""
