"""Issues as a store of reviews: one a paper, its review in the text, the talk in comments."""
