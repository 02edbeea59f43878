"""Work lists: what each unit has to do, how it does it, and what to mind, in one format."""
