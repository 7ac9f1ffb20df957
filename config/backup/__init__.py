"""A backup of everything that is kept, in one file, and its way back.

    python -m config.backup save FILE               while the site runs
    python -m config.backup restore FILE            into an empty DATA_DIR and database, while nothing runs
    python -m config.backup restore FILE --replace  in place of what is there

It holds the database, what instructors write, the last good content, and the key that signs cookies. Not in it is what
can be made anew (static files) and what lives for an hour (the broker's records of runs).
"""
