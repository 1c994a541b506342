"""Taking items off the agenda, and back."""
