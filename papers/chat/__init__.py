"""Commands that members give in their lab's chat (docs/chat.md)."""
