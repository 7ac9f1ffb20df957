"""`make load`: what a class does on the site for a minute, and how long each kind of request then takes.

Learners open lessons, predict, run the Celery demo, answer the quiz and come back, each with a cookie, an address and
connections of their own (`learners.py` has the steps). One process plays all of them, for it shares the cores with the
site (`crowd.py`). What the site acknowledged is looked for in the database afterwards (`keeping.py`).
"""
