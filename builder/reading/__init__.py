"""Reading: the bytes of a file become text, the text nodes with lines, the nodes typed values with faults."""
