"""How far a learner is in the course: what they read, what is under way, where to go on."""
