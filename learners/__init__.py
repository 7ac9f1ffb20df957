"""Who is reading: for now an anonymous learner, known by a signed cookie."""
