"""Labels, in the languages of labs: what they mean, and which part of a review words belong to."""
