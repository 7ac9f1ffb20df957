"""Who is reading: a visitor without a cookie, a learner known by a signed one, or an account."""
