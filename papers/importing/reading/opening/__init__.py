"""From a file to its text: kind at sight, encodings, archives of pages, the name of the file."""
