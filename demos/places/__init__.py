"""The places of a lesson that show what the two lanes and the four ways to wait measured."""
