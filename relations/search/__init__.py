"""A search: what a query asks for, read word by word, and what may have been meant where nothing answers."""
