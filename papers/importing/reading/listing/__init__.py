"""What is a list without bullets, or a table without bars, becomes one."""
