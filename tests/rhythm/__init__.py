"""The week as a whole: a year of it, and what happens when servers and workers die."""
