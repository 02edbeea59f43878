"""How like two texts are, by the pairs of characters that they share. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")
# What stands in every letter says nothing of what it is about: little words, and these pairs.
_EMPTY = re.compile(
    "[的了在是我们有和就不都也很吗呢吧啊么这那怎什您你他她它谁把被让给请着没还]|领导|希望|一个|一下|可以|能否|问题|反映|反应|关部|部门|解决|"
    "处理|谢谢|现在|已经|因为|所以|居民|群众|政府|来电|电人|人反|相关|何时|时候|如何|家里|一件|件事|事多|孩子|老人|晚上|早上|每天|天天|小区|村里|"
    "附近|工作|人员|单位|到底|今年|去年|一直|多次|电话|现象|情况|影响|严重|生活|出行|安全|方便|需要|应该|必须|要求|请求|咨询|办理|多少|几天|"
    "多久|多长|长时|时间|回来|外地|一家|关门|快一|个月|两次|次电"
)
MOST_ASKED = 400
# How much must be shared: of all pairs, and by weight, as if among a thousand texts.
LEAST_SHARE, LEAST_WEIGHT, AMONG = 0.1, 2, 1000


def pairs_of(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of a text, each once; words in Latin whole."""
    plain = unicodedata.normalize("NFKC", text).lower()
    found: dict[str, None] = {}
    for run in _RUNS.findall(plain):
        if run[0] <= "z":
            found[run[:12]] = None
        else:
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    return [pair for pair in found if not _EMPTY.search(pair)]


def asked_pairs(text: str) -> list[str]:
    """Return the pairs to look for; the beginning of a long text says what it is about."""
    return pairs_of(text[:MOST_ASKED])


def ranked(asked: Iterable[str], candidates: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
    """Return the ids of what is like `asked`, the likest first.

    `candidates` are all that share a pair with it. A pair counts the more the fewer of them have
    it; what shares little of its own, or only what many have, is left out.
    """
    wanted = set(asked)
    shares = [(pk, wanted.intersection(pairs), len(set(pairs))) for pk, pairs in candidates]
    seen = Counter(pair for _pk, shared, _size in shares for pair in shared)
    weight = {pair: log(1 + AMONG / count) for pair, count in seen.items()}
    scores: list[tuple[float, int]] = []
    for pk, shared, size in shares:
        part = sum(weight[pair] for pair in shared)
        if part >= LEAST_WEIGHT and len(shared) >= LEAST_SHARE * size:
            scores.append((part / sqrt(size), pk))
    return [pk for _score, pk in sorted(scores, key=lambda one: (-one[0], -one[1]))]
