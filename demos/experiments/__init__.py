"""Experiments: each starts processes of its own, drives them for some seconds, and leaves nothing behind.

Each is a folder here, with its line in this list, and nothing else names it. What they share is in demos/bench/;
docs/experiments.md says how to begin another one.
"""

EXPERIMENTS = (
    "bystanders",
    "saturation",
)
