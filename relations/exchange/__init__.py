"""A file in or out: the columns it has, the cells it is read from, and the book that explains them."""
