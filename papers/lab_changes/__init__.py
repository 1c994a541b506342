"""Changes of what curators set for the whole lab: written with what was there before."""
