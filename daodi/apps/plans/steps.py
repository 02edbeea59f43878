"""Steps of a task out of the words of a cell: one a line, many with their day before them."""

import re

from daodi.apps.plans.models import Plan, Step
from daodi.lib.due import Within, read_due

MOST, LONGEST_TIME = 200, 16
_NUMBERED = re.compile(r"^[(（]?\d{1,2}[)）.、．]\s*")


def steps_in(words: str, plan: Plan) -> list[Step]:
    """Return a step for each line, in its own words, with the day that it begins with, if any."""
    lines = [line.strip() for line in re.split(r"[\n；;]", words)]
    return [_step(line, plan) for line in lines if line]


def _step(line: str, plan: Plan) -> Step:
    step, rest = Step(title=line[:MOST]), _NUMBERED.sub("", line)
    within = Within(plan.first_day, plan.last_day)
    # The longest beginning that is a time: 3月底前 rather than 3月.
    for end in range(min(len(rest), LONGEST_TIME), 1, -1):
        due = read_due(rest[:end], within)
        if due.day and not due.doubt:
            step.day = due.day
            break
    return step
