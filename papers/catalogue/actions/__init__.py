"""Every write of papers themselves, one module per subject."""
