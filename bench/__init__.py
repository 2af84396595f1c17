"""What is measured, at the size that is promised: `make bench` (ROWS=100000 for a smaller one)."""
