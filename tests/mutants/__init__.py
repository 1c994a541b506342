"""Mutation testing: small faults are put into a module, and its tests have to notice each."""
