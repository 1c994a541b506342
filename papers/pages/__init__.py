"""Where rooms meet: home, the paper page, the member page."""
