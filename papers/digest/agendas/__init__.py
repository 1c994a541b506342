"""Meetings with their agendas, as the digest and the desk tell of them."""
