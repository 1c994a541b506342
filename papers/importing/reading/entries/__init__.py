"""One entry of a list: its title, what stands before and around it, and labelled facts."""
