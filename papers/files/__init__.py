"""Files: pictures in members' texts, the PDF and slides of a paper, and who may read them."""
