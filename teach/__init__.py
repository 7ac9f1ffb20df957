"""The instructor's side: the studio, statistics of questions, and exchange with other systems."""
