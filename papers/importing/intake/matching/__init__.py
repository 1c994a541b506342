"""What a draft is in the library: known papers and members, and what they say otherwise."""
