"""The front door: what is let in, and in which form responses go out. Knows nothing of lessons, demos or questions."""
