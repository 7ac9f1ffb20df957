"""`make record`: drives a real browser through a lesson and writes its recorded run."""
