"""Categories by the words of the category scheme: what is suggested before anything was learnt."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from daodi.core.ledgers.models import Category

MOST = 3
# Words in the title say more than words somewhere in the text.
TITLE_COUNTS = 2
# The best score at which the words decide by half.
HALF_SURE = 6.0


@dataclass(frozen=True, slots=True)
class Guess:
    """A category, the words that spoke for it, and how sure that is, 0 to 1."""

    category: Category
    words: tuple[str, ...]
    confidence: float
    # Learnt from cleared matters: then what it says of itself has been tried.
    is_learnt: bool = False


def guess_by_words(
    title: str, text: str, categories: Iterable[Category], most: int = MOST
) -> list[Guess]:
    """Rank categories by their words in title and text; a word of many categories counts less."""
    leaves = [category for category in categories if category.keywords]
    spread = Counter(word for category in leaves for word in set(category.keywords))
    scores: dict[str, float] = {}
    for word, times in spread.items():
        hits = (word in text) + TITLE_COUNTS * (word in title)
        if word and hits:
            scores[word] = hits * len(word) / times
    ranked = []
    for category in leaves:
        words = [word for word in dict.fromkeys(category.keywords) if word in scores]
        if words:
            ranked.append((sum(map(scores.__getitem__, words)), category, words))
    ranked.sort(key=lambda row: (-row[0], row[1].code))
    total = sum(score for score, _category, _words in ranked[:MOST])
    return [
        Guess(
            category,
            tuple(words[:MOST]),
            round(score / total * score / (score + HALF_SURE), 2),
        )
        for score, category, words in ranked[:most]
    ]
