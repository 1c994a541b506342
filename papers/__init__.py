"""The one app: everything the product does."""
