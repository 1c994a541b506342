"""Issues of repositories at GitHub and GitLab, read by the worker and imported like a file."""
