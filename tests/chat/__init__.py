"""Commands from chat servers."""
