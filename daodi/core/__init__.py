"""The ledger: units, matters, moves, clocks and a history that proves itself. No HTTP."""
