"""How the lab shows itself: accent color, logo, announcement."""
