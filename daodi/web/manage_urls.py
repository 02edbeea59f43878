patterns: list[object] = []
