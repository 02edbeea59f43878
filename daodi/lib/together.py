"""The same work on many parts: one after the other here, or on a cluster where a site has one.

A cluster is Dask's; a site that wants one installs `distributed`, and nothing else in this project
knows of it. Parts come back in the order in which they were given, so that the results are equal
wherever they were worked out.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, TypeVar

Part = TypeVar("Part")
Done = TypeVar("Done")

AT_ONCE = 32  # parts that are on their way; more would only fill the memory


def spread(
    work: Callable[[Part], Done], parts: Iterable[Part], scheduler: str = ""
) -> Iterator[Done]:
    """Yield what `work` makes of each part; `scheduler` is the address of a Dask cluster."""
    if not scheduler:
        yield from map(work, parts)
        return
    # Who has no cluster needs nothing of it.
    client: Any = import_module("distributed").Client(scheduler)
    try:
        waiting: deque[Any] = deque()
        for part in parts:
            waiting.append(client.submit(work, part, pure=False))
            if len(waiting) >= AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        client.close()
