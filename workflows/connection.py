"""How every process of ours reaches Temporal. Workflow code never imports this."""

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.envconfig import ClientConfig
from temporalio.runtime import Runtime


async def temporal(*, lazy: bool = False, runtime: Runtime | None = None) -> Client:
    """A client by `TEMPORAL_*` and the profile file; a lazy one connects when it is first used.

    Raises:
        RuntimeError: nobody answers at that address (not when lazy).
        FileNotFoundError: a certificate that the profile names is not there.
    """
    config = ClientConfig.load_client_connect_config()
    return await Client.connect(**config, data_converter=pydantic_data_converter, lazy=lazy, runtime=runtime)
