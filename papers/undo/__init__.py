"""Taking back what took something away, for 30 days."""
