"""Confirming who one is: dangerous acts ask for the password unless it was typed a moment ago."""
