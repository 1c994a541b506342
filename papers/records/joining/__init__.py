"""How the rows of two papers that are one join, table by table; a journal notes each change."""
