"""What happens to a tree before it is walked: labels learned, strips parted, lines promoted."""
