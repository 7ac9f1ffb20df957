"""Predictions: what a reader expects of a run, kept before it, and how it came out.

`reading` makes them of a predictions.md, `form` is that in which they are made, `recording` keeps what was chosen,
`outcomes` shows what came of it, `serializers` tells programs, and `views` and `responses` speak HTTP.
"""
