"""How the core's things are put before a person: plain values for the components."""
