"""Make what comes in: a request in words of its own or about something known, a task, a problem."""

from daodi.demo.arrivals import Arrival
from daodi.demo.case import Case, Course
from daodi.demo.course import draw_fate, run
from daodi.demo.others import make_problem, make_talk, make_task
from daodi.demo.texts import RequestText, make_repeat, make_request, season_of
from daodi.demo.world import World

REPEATED, BACK = 0.05, 0.012
TALKED_OF = ("WS0501", "WS0501", "WS0502")


def begin(world: World, arrival: Arrival) -> tuple[Case, Course]:
    """Make what comes in, and begin its course."""
    if arrival.what == "task":
        case, course = make_task(world, arrival.at, arrival.lead)
    elif arrival.what == "problem":
        case, course = make_problem(world, arrival.at)
    elif arrival.what == "talk":
        case, course = make_talk(world, arrival.at, _talk(world, arrival))
    else:
        case, course = _request(world, arrival)
    case.last_act = arrival.last_act
    return case, course


def _request(world: World, arrival: Arrival) -> tuple[Case, Course]:
    request, same = _asked(world, arrival)
    is_given = arrival.fate or arrival.last_act
    case = Case(
        world,
        arrival.at,
        request.lead,
        request.values,
        way=request.way,
        request=request,
        fate=arrival.fate if is_given else draw_fate(world, request),
        hurry=request.urgency in ("critical", "urgent"),
    )
    if arrival.burst and same is None:
        if not arrival.burst.first:
            case.fate = "press"
        arrival.burst.first.append(case)
    return case, run(case, request, same)


def _talk(world: World, arrival: Arrival) -> RequestText:
    category, season = world.rng.choice(TALKED_OF), season_of(arrival.at.month)
    return make_request(world.rng, category=category, season=season)


def _asked(world: World, arrival: Arrival) -> tuple[RequestText, Case | None]:
    """Return what is asked, and the case about the same thing if there is one."""
    rng, burst = world.rng, arrival.burst
    season = season_of(arrival.at.month)
    if burst and burst.first and world.happens(burst.repeated):
        return _repeated(world, rng.choice(burst.first))
    if not (burst or arrival.fate or arrival.last_act):
        if world.open and world.happens(REPEATED):
            return _repeated(world, rng.choice(world.open))
        if world.solved and world.happens(BACK):
            return _repeated(world, rng.choice(world.solved), again=True)
    within = burst.within if burst else ("",)
    category, fact = arrival.category, arrival.fact
    return make_request(rng, category=category, fact=fact, season=season, within=within), None


def _repeated(world: World, same: Case, *, again: bool = False) -> tuple[RequestText, Case | None]:
    if same.request is None:
        raise LookupError("only what was asked can be asked again")
    request = make_repeat(world.rng, same.request, again=again)
    return request, None if again else same
