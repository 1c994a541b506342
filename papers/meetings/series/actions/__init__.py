"""Every write of planning and of the rota."""
