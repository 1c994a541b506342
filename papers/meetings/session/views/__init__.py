"""Pages of a meeting that goes on: the room, and the screen at the wall."""
