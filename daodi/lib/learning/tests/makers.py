"""Made-up messages of three classes that share many of their words."""

import numpy as np

from daodi.lib.learning import Message

WORDS = {
    "roads": ("路灯不亮", "公交改线", "红绿灯坏了", "修路挖断", "停车太难"),
    "schools": ("学校收费", "补课老师", "幼儿园入学", "校车超载", "学籍转不了"),
    "health": ("医院挂号", "医保报销", "疫苗没有", "护士态度", "病历丢失"),
}
COMMON = ("我家门口", "希望领导", "请尽快处理", "小区居民", "上个月开始", "打电话没人接", "谢谢")


def messages(each: int, seed: int = 1) -> tuple[list[Message], list[str]]:
    """Return so many messages of each class, in mixed order."""
    dice = np.random.default_rng(seed)
    labels = dice.permutation(np.repeat(list(WORDS), each)).tolist()
    return [_message(label, dice) for label in labels], labels


def _message(label: str, dice: np.random.Generator) -> Message:
    said = [*dice.choice(WORDS[label], 2, replace=False), *dice.choice(COMMON, 3, replace=False)]
    text = "，".join(dice.permutation([*said, str(dice.integers(10**6))]))
    return Message(str(dice.choice(WORDS[label])), text)
