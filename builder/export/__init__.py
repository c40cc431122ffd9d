"""Exporting: the whole site as one file, to be read without a web server or kept by web archives."""
