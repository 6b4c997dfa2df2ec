"""The remote half of a planned meeting: rows say what is wanted, a worker tells the platform.

``orders``: who works on which change. ``arranger``: step by step until nothing is left to do.
``steps``: one step, one call (or two), stored at once, safe to repeat.
"""
