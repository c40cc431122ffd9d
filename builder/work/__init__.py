"""Work: what is done piece by piece, by one process or several.

A piece of work is a plain value that names its inputs, and a function that can be imported by its name. What it
returns is small; what it makes is kept in the cache or written to its place.
"""

# What each kind of work needs, in the order in which it is needed; none of these takes long to load after those before.
FILING = ("markdown_it", "builder.load.documents", "builder.work.filing")
MAKING = ("babel.dates", "jinja2", "builder.work.making", "builder.pages.cldr")
