"""Tables and records: what a column or key holds, and the entries that rows make."""
