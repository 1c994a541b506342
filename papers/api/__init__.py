"""JSON over the same queries and actions as the pages, for programs and assistants."""
