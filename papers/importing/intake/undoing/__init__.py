"""After an import: undoing it whole, and splitting a paper that it joined."""
