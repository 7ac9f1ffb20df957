"""Predictions: what a reader expects of a run, kept before it, and how it came out.

`reading` makes them of a predictions.md, `block` shows the form, `recording` keeps what was chosen,
`outcomes` shows what came of it.
"""
