"""A roster: many people of an agency at once, from and to a spreadsheet."""
