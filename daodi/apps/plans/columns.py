"""What the columns of an office's table are called, and what they mean for a plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from daodi.lib.storeys import BETWEEN

# The columns that name heads, items and tasks, from left to right: the last one has the tasks.
TITLES = "title"
_NAMES = {
    "number": "序号|编号|号",
    TITLES: (
        "工作板块|板块|重点工作|重点任务|工作大类|类别|攻坚方向|专项|工作事项|事项|工作项目|项目|"
        "项目名称|主要任务|工作任务|任务|具体任务|任务清单|任务名称|具体措施|工作措施|措施|"
        "工作内容|具体事项|实事项目|问题|存在问题"
    ),
    "text": "任务内容|主要内容|具体内容|建设内容|任务说明",
    "standard": "完成标准|工作标准|标准|目标要求|工作目标|任务目标|目标任务|预期目标|整改目标",
    "both": "责任单位|承办单位|责任部门|实施单位|责任主体",
    "lead": "牵头单位|主办单位|牵头部门|牵头责任单位|主责单位",
    "joint": "配合单位|协办单位|协同单位|参与单位|配合部门",
    "units": "责任单位原文",
    "leader": "责任领导|牵头领导|分管领导|包保领导|县级领导|市级领导",
    "handler": "责任人|经办人|联系人|具体责任人|承办人|直接责任人",
    "first_day": "开始时间|启动时间|开工时间|起始时间",
    "due": "完成时限|完成时间|时限|办结时限|时间要求|完成期限|整改时限|时间进度|办理时限|时间安排",
    "steps": "节点|时间节点|工作步骤|阶段目标|推进计划|推进步骤|进度安排|节点安排",
    "target": "目标数|数量|任务数|目标值|目标数量",
    "measure": "计量单位",
    "evidence": "佐证材料|印证资料|证明材料|佐证资料|所需佐证",
}
KNOWN = {name: meaning for meaning, names in _NAMES.items() for name in names.split("|")}
# What tells nothing without the name above it: 牵头 over 单位.
_GENERAL = frozenset(["名称", "内容", "事项", "单位", "时间", "时限", "姓名", "职务", "数量"])
_ASIDE = re.compile(r"[(（].*?[)）]|\s|[:：*＊]")
MOST_TITLES = 3


@dataclass(slots=True)
class Columns:
    """The columns of a table by what they mean; those without a meaning are kept as they are."""

    titles: list[str] = field(default_factory=list)
    meaning: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    @property
    def have_tasks(self) -> bool:
        return bool(self.titles)

    def of(self, meaning: str) -> str:
        """Return the name of the column with this meaning; empty: there is none."""
        return next((name for name, each in self.meaning.items() if each == meaning), "")


def understand(names: Sequence[str]) -> Columns:
    """Say what each column means; of two that mean the same, the second is kept as it is."""
    found = Columns()
    titles = [name for name in names if _meaning(name) == TITLES]
    found.titles = titles[-MOST_TITLES:]
    for name in names:
        meaning = _meaning(name)
        if name in found.titles:
            continue
        if meaning in {"", TITLES} or meaning in found.meaning.values():
            found.others.append(name)
        else:
            found.meaning[name] = meaning
    return found


def _meaning(name: str) -> str:
    """Return what a name means: the whole, its lowest part, or what stands above a general one."""
    parts = [_ASIDE.sub("", part) for part in name.split(BETWEEN)]
    tried = ["".join(parts), parts[-1]]
    if parts[-1] in _GENERAL:
        tried += parts[:-1]
    return next((KNOWN[each] for each in tried if each in KNOWN), "")
