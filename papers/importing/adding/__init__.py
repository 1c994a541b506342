"""Adding one paper: whatever was pasted is recognized, looked up here, added and claimed."""
