"""How long each kind of step may take and how often it is tried. A killed worker costs no more than a heartbeat."""

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
"""Steps against our own database: quick, tried for ever."""

READING = Patience(
    start_to_close_timeout=timedelta(seconds=8),
    heartbeat_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(minutes=1)),
)
"""Reading a document from a system that may be down for a while."""

WRITING_BACK = Patience(
    start_to_close_timeout=timedelta(seconds=30),
    heartbeat_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""An action in a business system: tried until it is confirmed or refused; refusals go to a person."""

SHOWING = Patience(
    start_to_close_timeout=timedelta(seconds=30),
    heartbeat_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)),
)
"""Cards on people's phones: the chat platform may be away for an hour; the to-do list works meanwhile."""
