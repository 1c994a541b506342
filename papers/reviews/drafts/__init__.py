"""What an author has on a paper: draft and review, their fields, and the file to write offline."""
