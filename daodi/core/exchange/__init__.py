"""The organisation and the catalogue as tables: tried first, taken in whole, given back."""
