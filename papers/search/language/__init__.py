"""The search language: text to a query tree. Pure."""
