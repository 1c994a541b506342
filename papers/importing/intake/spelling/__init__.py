"""A better spelling of a title that is here in capitals."""
