"""A member's own assistant, by the Model Context Protocol."""
