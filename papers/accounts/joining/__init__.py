"""Join links: one link for a course or a group, by which each asks for their own invitation."""
