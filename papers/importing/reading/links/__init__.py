"""What links are called and where they lead: labels, places, references and papers."""
