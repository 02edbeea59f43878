"""What a request asks, and whether a reply comes back to it."""

import re

from daodi.lib.pairs import fold

MOST_QUESTIONS = 5
# Of the pairs of characters of a title or question, so many must come back in the reply.
LEAST_OF_A_TITLE, LEAST_OF_A_QUESTION = 0.1, 0.08
SHORTEST, LONGEST_SHOWN = 4, 40

_POLITE = re.compile(
    r"关于|对于|有关|针对|请问|请求|恳请|希望|建议|咨询|反映|反应|投诉|举报|求助|强烈|要求|请"
    r"|问题|情况|我想|一下|是否|能否|可否|可以|"
    r"为什么|为何|什么时候|何时|怎么|如何|多少|哪里|吗|呢|的|了|是|在|有|和|与|及|尊敬|领导"
    r"|书记|市长|县长|您好|你好|[A-Za-z]\d?[省市县区]"
)
_QUESTION = re.compile(
    r"[^。！!？?；;\n]{0,80}(?:请问|是否|能否|可否|什么时候|何时|多久|怎么办|如何|多少|哪里"
    r"|哪个|为什么|为何|什么(?:材料|手续|条件|资料|流程|政策|标准)|有没有|会不会|能不能|要不要|吗)"
    r"[^。！!？?；;\n]{0,60}[？?。！!；;]?"
)
_WHEN = re.compile("什么时候|何时|多久|几时|哪[天年月]|时间表")
_HOW_MUCH = re.compile("多少钱|多少元|收费标准|价格是|多少米|多少平")
_A_TIME = re.compile(
    r"\d\s*(?:[年月日天号点时周分]|小时|个月)|[今明当][天日晚]|[一二三四五六七八九十两]+(?:个)?(?:月|天|年|日|周)|工作日|年[底内末]"
    r"|月底|半年|目前|暂[未无]|"
    r"尚[未无]|未定|已(?:经)?[^,，。]{0,10}(?:完|通|开|启|到)|立即|季度|尽快|待|[上下]周"
)
_A_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万]+[元米倍%]|免费|免收|标准")


def questions(text: str) -> list[str]:
    """Return the questions that a request asks, as they stand there."""
    found = (match[0].strip() for match in _QUESTION.finditer(text))
    asked = (one for one in found if one[-1] in "？?" or "请问" in one)
    return [one for one in asked if len(one) >= SHORTEST][:MOST_QUESTIONS]


def left_open(asked: list[str], reply: str) -> tuple[str, ...]:
    """Return the questions that a reply does not come back to: when, how much, or at all."""
    return tuple(one[-LONGEST_SHOWN:] for one in asked if not _is_answered(one, reply))


def subject_left_out(title: str, text: str, reply: str) -> tuple[str, ...]:
    """Return what a request is about, if a reply says next to nothing of it."""
    about = _telling(title) or _telling(text[:LONGEST_SHOWN])
    if len(_pairs(about)) < SHORTEST or _share(about, reply) >= LEAST_OF_A_TITLE:
        return ()
    return tuple(word for word in about.split() if len(word) > 1)


def _is_answered(question: str, reply: str) -> bool:
    if _WHEN.search(question) and not _A_TIME.search(reply):
        return False
    if _HOW_MUCH.search(question) and not _A_NUMBER.search(reply):
        return False
    about = _telling(question)
    return len(_pairs(about)) < SHORTEST or _share(about, reply) >= LEAST_OF_A_QUESTION


def _share(about: str, reply: str) -> float:
    """Return how much of what is asked stands in the reply too."""
    asked, said = _pairs(about), _pairs(reply)
    return len(asked & said) / len(asked)


def _telling(text: str) -> str:
    return _POLITE.sub(" ", re.sub(r"[^\w]+", " ", fold(text)))


def _pairs(text: str) -> set[str]:
    return {word[at : at + 2] for word in fold(text).split() for at in range(len(word) - 1)}
