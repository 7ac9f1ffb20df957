"""Questions: parse, ask, grade, record."""
