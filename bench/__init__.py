"""What the site costs to run, and how it bears being kept from its work: README.md says what each module measures."""
