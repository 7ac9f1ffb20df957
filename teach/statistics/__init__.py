"""What learners answered, as figures of each question and each lesson: formulas, queries, pages."""
