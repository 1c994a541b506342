"""The door of the API: whose token, how often, asked before, and sent twice."""
