"""Inviting people, and whom names from imports stand for."""
