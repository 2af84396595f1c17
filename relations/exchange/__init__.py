"""Importing and exporting files: their columns, the rows of imports, the engine that writes them, and the codebook."""
