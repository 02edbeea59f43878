"""Lists of matters of one kind, as data: categories, fields, rules, and who leads for what."""
