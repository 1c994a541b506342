"""Setting up and running: the database, `make run`, production settings, containers."""
