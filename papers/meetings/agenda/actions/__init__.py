"""Every write of agendas."""
