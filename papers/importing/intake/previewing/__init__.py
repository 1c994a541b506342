"""The preview of an import: reading a document, showing what it holds, correcting it."""
