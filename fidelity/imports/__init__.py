"""Reading what other tools hand over. Parsing is pure; storing is apart from it."""
