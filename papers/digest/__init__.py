"""The weekly digest: page, email, chat."""
