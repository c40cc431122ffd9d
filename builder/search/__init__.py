"""Search: the briefings' words go to Pagefind, and its index is kept until what it was made from changes."""
