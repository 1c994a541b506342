"""What is handed over of a document: drafts of papers, reviews and all else, as values."""
