"""What members did: the activity page and what is new on a desk."""
