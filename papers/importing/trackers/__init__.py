"""Issues of GitHub repositories, read by the worker and imported like a file."""
