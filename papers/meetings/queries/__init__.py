"""Reads of meetings: the calendar with its agendas, and what meetings said of a paper."""
