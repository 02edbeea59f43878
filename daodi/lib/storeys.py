"""Names of columns that stand in several rows: “责任分工” over “牵头单位” and “配合单位”."""

from collections.abc import Sequence

BETWEEN = "·"


def join_names(storeys: Sequence[Sequence[str]]) -> list[str]:
    """Return a name for each column, from the top down; what merged cells repeat is said once.

    No two are the same: of those that would be, the later ones say at which place they stand.
    """
    found: list[str] = []
    for place, column in enumerate(zip(*storeys, strict=True), start=1):
        parts = [part for part in dict.fromkeys(map(_plain, column)) if part]
        name = BETWEEN.join(parts) or f"({place})"
        found.append(name if name not in found else f"{name}({place})")
    return found


def goes_on(above: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether the row below still belongs to the names: it tells apart what is merged above.

    Beside what it tells apart it is empty, or says the same again because cells are merged.
    """
    merged = _merged(above)
    told = [bool(word) and word != above[place] for place, word in enumerate(below)]
    apart = [place for place in merged if told[place]]
    beside = [place for place, is_told in enumerate(told) if is_told and place not in merged]
    return bool(apart) and not beside and len({below[place] for place in apart}) > 1


def _merged(row: Sequence[str]) -> set[int]:
    """Return the places that say the same as one beside them."""
    pairs = [place for place in range(1, len(row)) if row[place] and row[place] == row[place - 1]]
    return {place - back for place in pairs for back in (0, 1)}


def _plain(name: str) -> str:
    return name.replace("\n", "").strip()
