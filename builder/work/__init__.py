"""Work: what is done piece by piece, by one process or several.

A piece of work is a plain value that names its inputs, and a function that can be imported by its name. What it
returns is small; what it makes is kept in the cache or written to its place.
"""
