"""Who may see or change what: each rule by itself."""
