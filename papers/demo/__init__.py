"""A small believable lab to look around in: invented people and words about real papers."""
