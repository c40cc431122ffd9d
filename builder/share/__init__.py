"""Share pictures: what others show of a page that is linked to, drawn without a browser."""
