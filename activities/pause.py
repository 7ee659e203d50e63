from datetime import timedelta

from temporalio import activity

LONGEST = timedelta(minutes=1)


def pause(asked: timedelta | None = None) -> timedelta:
    """How long to leave a system alone that has just failed: as long as it asked, else 1, 2, 4 … at most 60 seconds.

    The retry policy itself stays quick: it then speaks only for attempts that died with their worker.
    """
    if asked is not None:
        return asked
    return min(timedelta(seconds=2 ** min(activity.info().attempt - 1, 10)), LONGEST)
