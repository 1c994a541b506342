"""One review as a file, for members and by a link that its author gives."""
