"""The front door: what is let in, and in which form it is answered. Knows nothing of lessons, demos or questions."""
