"""Reads of agendas."""
