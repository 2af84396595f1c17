"""A file in or out: the columns it has, the rows that it asks for, the engine that writes them, and the codebook."""
