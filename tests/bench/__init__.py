"""`make bench`: how fast the site is, as ratios of median latencies within one run, against views that do nothing.

Ratios from a load generator scatter (0.6-1.4) on a small shared machine. Interleaved rounds of single requests repeat
within a few per cent, so that is what is done here.
"""
