"""A document becomes records: its sentences, the fixtures that hold what was coded, and the checks of both."""
