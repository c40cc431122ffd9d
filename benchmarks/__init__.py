"""Benchmarks: Sitrep and its peers make the same archive, in turns (`python -m benchmarks.run --help`)."""
