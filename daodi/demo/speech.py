"""How one person says it: openings, joins, endings, words of home, slips of the pen."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from daodi.demo.phrasebook import book, expand

LONGEST = 400

# Farmers' words in the phrases, for everybody else.
PLAIN = (
    ("俺爹", "我爸"),
    ("俺爸", "我爸"),
    ("俺娘", "我妈"),
    ("俺爷", "我爷爷"),
    ("俺村", "我们村"),
    ("俺", "我"),
)
# Words of eastern Henan, with the chance that they are used.
FARMER = (
    ("我们", "俺", 0.9),
    ("我爸", "俺爹", 1.0),
    ("我妈", "俺娘", 1.0),
    ("我爷爷", "俺爷", 1.0),
    ("我", "俺", 0.9),
    ("你们", "恁", 0.9),
    ("什么", "啥", 1.0),
    ("怎么", "咋", 1.0),
    ("昨天", "夜儿个", 0.6),
    ("今天", "今儿个", 0.5),
    ("前天", "前儿个", 0.5),
    ("下午", "后晌", 0.4),
    ("中午", "晌午", 0.5),
    ("特别", "可", 0.6),
    ("很危险", "可危险", 0.8),
    ("聊天", "喷空儿", 1.0),
    ("没人管", "没人管没人问", 0.4),
    ("一个星期", "一星期", 0.5),
)
# An operator writes down what somebody else says.
OPERATOR = (
    ("我们小区", "该小区", 1.0),
    ("我们村", "该村", 1.0),
    ("我们社区", "该社区", 1.0),
    ("我们", "居民", 1.0),
    ("我家", "来电人家", 1.0),
    ("我爸", "来电人父亲", 1.0),
    ("我妈", "来电人母亲", 1.0),
    ("我", "来电人", 1.0),
    ("你们", "有关部门", 1.0),
    ("咋", "如何", 1.0),
    ("啥", "什么", 1.0),
)
PERSONS = {"farmer": FARMER, "operator": OPERATOR}
# A sentence that ends so is a question, whoever says it.
ASKING = (
    "谁负责", "咋办", "吗", "谁来赔", "拿啥负责", "往哪儿跑", "谁同意了", "轮到我们", "怎么走",
    "哪来的合同", "谁给担保",
)  # fmt: skip
SLIPS = (
    ("反映", "反应"),
    ("没再", "没在"),
    ("已经", "以经"),
    ("账", "帐"),
    ("做", "作"),
    ("必须", "必需"),
    ("好像", "好象"),
    ("的地方", "得地方"),
    ("急得", "急的"),
    ("吓得", "吓的"),
    ("臭得", "臭的"),
    ("到底", "倒底"),
    ("安装", "按装"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be said, before anybody has said it."""

    at: str
    fact: str
    more: tuple[str, ...]
    wish: str
    is_question: bool


def pick_voice(rng: Random, at: str, *, shunned: Collection[str] = ()) -> str:
    """Choose who speaks: not every voice is met everywhere."""
    voices = {name: voice for name, voice in book("voices").items() if "at" in voice}
    names = [name for name in voices if name not in shunned]
    weights = [voices[name]["at"].get(at, voices[name]["at"]["else"]) for name in names]
    return rng.choices(names, weights)[0]


def say(rng: Random, name: str, said: Said, values: Mapping[str, str]) -> str:
    """Put it in this voice's words; at most LONGEST characters."""
    voice = book("voices")[name]
    before = _of_place(rng, "background", said.at) if "letter" in voice else []
    parts = [*before, said.fact, *_details(rng, voice, said)]
    asked = _wish(rng, voice, said)
    while True:
        text = _joined(rng, voice, parts, values)
        text = _framed(rng, name, text, expand(rng, asked, values), values)
        if len(text) <= LONGEST or parts[-1] == said.fact:
            return _ended(_in_words(rng, voice, text))
        parts.pop()


def _details(rng: Random, voice: dict[str, Any], said: Said) -> list[str]:
    """Choose some details, in their order; perhaps whom one has asked before."""
    most = min(voice["more"], len(said.more))
    count = most if "letter" in voice else rng.randint(min(1, most), most)
    chosen = sorted(rng.sample(range(len(said.more)), count))
    parts = [said.more[place] for place in chosen]
    if voice["more"] > 1 and not said.is_question and rng.random() < voice.get("asked", 0.35):
        parts += _of_place(rng, "history", said.at)
    if "letter" in voice and not said.is_question:
        parts += _of_place(rng, "feeling", said.at, rng.randint(1, 2))
        parts += _of_place(rng, "offer", said.at, rng.randint(0, 2))
    return parts


def _of_place(rng: Random, name: str, at: str, count: int = 1) -> list[str]:
    phrases = book("voices")[name]
    return rng.sample(phrases.get(at, phrases["else"]), count)


def _wish(rng: Random, voice: dict[str, Any], said: Said) -> str:
    pattern: str = rng.choice(voice["query" if said.is_question else "ask"])
    slot = "$query" if said.is_question else "$ask"
    return pattern.replace(slot, said.wish)


def _joined(rng: Random, voice: dict[str, Any], parts: list[str], values: Mapping[str, str]) -> str:
    text = ""
    for place, part in enumerate(parts):
        link = (
            rng.choice(voice["links"]) if "links" in voice and place and rng.random() < 0.5 else ""
        )
        words = expand(rng, part, values)
        text += link + words + ("？" if words.endswith(ASKING) else _mark(rng, voice))
    return text


def _mark(rng: Random, voice: dict[str, Any]) -> str:
    if rng.random() >= voice["full"]:
        return "，"
    return "！" if voice.get("angry") and rng.random() < 0.4 else "。"


def _framed(rng: Random, name: str, text: str, asked: str, values: Mapping[str, str]) -> str:
    """Put the greeting before, the wish, the farewell and perhaps a number after it."""
    voice = book("voices")[name]
    start = expand(rng, rng.choice(voice["open"]), values)
    end: str = rng.choice(voice["close"])
    if rng.random() < 0.14:
        contact = "operator_contact" if name == "operator" else "contact"
        end += expand(rng, rng.choice(book("voices")[contact]), values) + "。"
    if asked and asked[-1] not in "？！。":
        asked += "。" if end or rng.random() < 0.8 else ""
    if asked and text[-1] == "，" and voice["full"] > 0.6:
        text = text[:-1] + "。"
    return start + text + asked + end


def _in_words(rng: Random, voice: dict[str, Any], text: str) -> str:
    person = voice.get("person", "")
    if person != "farmer":
        for word, plain in PLAIN:
            text = text.replace(word, plain)
    for word, said, chance in PERSONS.get(person, ()):
        if word in text and rng.random() < chance:
            text = text.replace(word, said)
    if rng.random() < voice.get("typos", 0.03):
        known = [slip for slip in SLIPS if slip[0] in text]
        if known:
            text = text.replace(*rng.choice(known), 1)
    return text


def _ended(text: str) -> str:
    """Tidy the seams: no comma at the end, no two marks together."""
    text = re.sub(r"[，。]+([。！？])", r"\1", text)
    text = re.sub(r"([。！？])[，。]+", r"\1", text)
    text = re.sub(r"，{2,}", "，", text)
    text = re.sub(r"(我们|俺|俺们)\1", r"\1", text)
    text = re.sub(r"(来电人(?:想了解|希望|请求))来电人", r"\1", text)
    text = re.sub(r"^(.{0,3}来电[^，：]{1,3}[，：])来电人(?![家父母])", r"\1", text)
    return text.rstrip("，").strip()
