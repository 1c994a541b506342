"""Taking a paper to review it: slots, due days, leases, the queue."""
