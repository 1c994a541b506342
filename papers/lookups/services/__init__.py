"""Other services, one module each: where to ask for a work, and what an answer says. Pure."""
