"""How like two texts are, by the pairs of characters that they share. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
# What stands in every letter says nothing of what it is about.
_EVERYWHERE = re.compile(
    "请问|你好|您好|领导|希望|我们|我家|我是|一个|一下|这个|那个|什么|怎么|如何|可以|是否|能否|问题|反映|有关|关部|部门|"
    "解决|处理|谢谢|现在|没有|已经|因为|所以|但是|还是|就是|不是|的问|题的|们的|居民|群众|政府|来电|电人|相关"
)
MOST_ASKED = 400
LEAST_SHARED, LEAST_SHARE = 2, 0.2


def pairs_of(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of a text, each once; words in Latin whole."""
    plain = unicodedata.normalize("NFKC", text).lower()
    found: dict[str, None] = {}
    for run in _RUNS.findall(plain):
        if run[0] <= "z":
            found[run[:12]] = None
        else:
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    return [pair for pair in found if not _EVERYWHERE.fullmatch(pair)]


def asked_pairs(text: str) -> list[str]:
    """Return the pairs to look for; the beginning of a long text says what it is about."""
    return pairs_of(text[:MOST_ASKED])


def ranked(asked: Iterable[str], candidates: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
    """Return the ids of what is like `asked`, the likest first.

    A pair counts the more the fewer candidates have it; what shares little is left out.
    """
    wanted = set(asked)
    seen = Counter(pair for _pk, pairs in candidates for pair in set(pairs))
    weight = {pair: log(1 + len(candidates) / count) for pair, count in seen.items()}
    scores: list[tuple[float, int]] = []
    for pk, pairs in candidates:
        shared = wanted.intersection(pairs)
        whole = sum(weight[pair] for pair in set(pairs))
        part = sum(weight[pair] for pair in shared)
        if len(shared) >= LEAST_SHARED and part >= LEAST_SHARE * whole:
            scores.append((part * part / whole, pk))
    return [pk for _score, pk in sorted(scores, key=lambda one: (-one[0], -one[1]))]
