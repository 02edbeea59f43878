"""What words are about: a thesaurus of public affairs, written by hand for this purpose.

A word that no learnt message had, a disease or a gas bottle, then counts like its neighbours. It
knows nothing of categories: what a theme says about a site's own scheme is learnt.

themes.txt: a theme a line, at most four characters, then the words by which one knows it, as
`texts.plain` writes them. A word may belong to several. A model knows themes by their names: words
may be added at any time, a theme with a new name counts from the next learning on.
"""

from functools import cache
from pathlib import Path

LONGEST_WORD = 6
_FILE = Path(__file__).with_name("themes.txt")


@cache
def themes_of_words() -> dict[str, tuple[str, ...]]:
    """Return every word of the thesaurus with its themes."""
    found: dict[str, tuple[str, ...]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        theme, _colon, words = line.partition(":")
        for word in words.split():
            found[word] = (*found.get(word, ()), theme)
    return found
