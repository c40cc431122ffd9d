"""The content model: what a curator may write, as frozen, typed data.

Each field's `Meta` says what it means; the reader of front matter, and later the codebook and the JSON Schema,
are driven by these types.
"""
