"""Finding by words: any two neighbouring characters of a text lead to it, exactly and always."""
