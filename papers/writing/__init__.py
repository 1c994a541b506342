"""The care for what members write: a form sent twice acts once."""
