"""How long each kind of step may take and how often it is tried.

A killed worker costs a heartbeat and one short pause. A system that fails is left alone for longer: then the step
itself says for how long.
"""

from datetime import timedelta
from typing import TypedDict

from temporalio.common import RetryPolicy


class Patience(TypedDict, total=False):
    start_to_close_timeout: timedelta
    heartbeat_timeout: timedelta
    retry_policy: RetryPolicy


class LocalPatience(TypedDict, total=False):
    start_to_close_timeout: timedelta
    retry_policy: RetryPolicy
    local_retry_threshold: timedelta


WORKFLOW_TASK = timedelta(seconds=5)
"""A worker that dies in a workflow task is given up after this long."""

OWN_DATABASE = LocalPatience(
    start_to_close_timeout=timedelta(seconds=4),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_interval=timedelta(seconds=10)),
    local_retry_threshold=timedelta(seconds=2),
)
"""Looking something up in our own database: quick, tried for ever."""

SOON_AGAIN = RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(seconds=3))
"""After an attempt that died with its worker, however often the system itself had failed before."""

RECORDING = Patience(
    start_to_close_timeout=timedelta(seconds=8),
    heartbeat_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_interval=timedelta(seconds=3)),
)
"""Writing to our own database, tried for ever, and showing it where the chat platform is quick."""

ASSIGNING = Patience(
    start_to_close_timeout=timedelta(seconds=8),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_interval=timedelta(seconds=3)),
)
"""Choosing somebody and counting the task as theirs: one transaction of our own database, tried for ever."""

READING = Patience(
    start_to_close_timeout=timedelta(seconds=8),
    heartbeat_timeout=timedelta(seconds=3),
    retry_policy=SOON_AGAIN,
)
"""Reading a document from a system that may be down for a while."""

WRITING_BACK = Patience(
    start_to_close_timeout=timedelta(seconds=30),
    heartbeat_timeout=timedelta(seconds=3),
    retry_policy=SOON_AGAIN,
)
"""An action in a business system: tried until it is confirmed or refused; refusals go to a person."""

SHOWING = Patience(
    start_to_close_timeout=timedelta(seconds=30),
    heartbeat_timeout=timedelta(seconds=3),
    retry_policy=SOON_AGAIN,
)
"""Cards that could not be shown with the record: the platform may be away for an hour, the to-do list works."""

COMPARING = Patience(
    start_to_close_timeout=timedelta(minutes=30),
    heartbeat_timeout=timedelta(seconds=15),
    retry_policy=SOON_AGAIN,
)
"""Asking two versions of a rule table a great many cases; a beat after every few thousand."""
