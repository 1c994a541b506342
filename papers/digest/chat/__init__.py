"""Chat rooms that are told of an issue: the messages, the posting, and who is told."""
