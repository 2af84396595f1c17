"""Benchmarks of the site, and drills that overload or break it; README.md says what each module measures."""
