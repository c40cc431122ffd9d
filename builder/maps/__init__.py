"""Maps: outlines of the world, projected, clipped and labelled, as plain values that a template can draw."""
