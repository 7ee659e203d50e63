from collections.abc import Mapping


def circle(above: Mapping[str, str | None]) -> tuple[str, ...]:
    """The first circle in who stands above whom, from its first member back to it, `("a", "b", "a")`; or nothing."""
    settled: set[str] = set()
    for start in above:
        way: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in settled and at not in way:
            way[at] = None
            at = above.get(at)
        if at is not None and at in way:
            members = list(way)
            return (*members[members.index(at) :], at)
        settled.update(way)
    return ()
