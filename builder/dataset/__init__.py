"""The data set: what an archive says, as rows for other programs; every format is made of the same rows."""
