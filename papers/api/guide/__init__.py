"""The page for people about the API, and its description for programs."""
