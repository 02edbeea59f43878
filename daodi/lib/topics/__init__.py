"""Hot topics: what many different people write about one thing in one place.

A list of posts goes in, groups of them come out, each with a name, a start, a curve and a heat.
People are told apart by a key that is thrown away again; nothing here counts what one person does.
"""
