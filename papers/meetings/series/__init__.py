"""Planning meetings: single ones, regular ones, and the presenter rota."""
