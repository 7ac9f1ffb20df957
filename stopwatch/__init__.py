"""What was measured: in the reader's browser, and in the run that was recorded for everyone."""
