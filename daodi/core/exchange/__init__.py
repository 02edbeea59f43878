"""Tables out and back: organisation, catalogue, ledgers, and what was done without network."""
