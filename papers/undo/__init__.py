"""Taking back what took something away, or set something for all, for 30 days."""
