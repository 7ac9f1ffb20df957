"""The nine ways to learn a lesson, in the order in which they are offered. Each is a file: learn.md, why.md …"""

MODES: dict[str, str] = {
    "learn": "Learn",
    "why": "Why",
    "deep": "Deep dive",
    "visualize": "Visualize",
    "try": "Try",
    "challenge": "Challenge",
    "project": "Project",
    "recall": "Recall",
    "performance": "Performance",
}

# Cards ask for what a lesson has taught, so no lesson opens with them while it has anything else.
AFTERWARDS = ("recall",)
