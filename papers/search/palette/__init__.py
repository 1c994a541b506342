"""The command palette and completions."""
