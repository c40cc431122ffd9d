"""Publishing: files are complete beside the old ones before any of them changes."""
