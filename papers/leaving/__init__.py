"""Handing over what a leaver holds: claims, drafts, experiments and agenda items on one page."""
