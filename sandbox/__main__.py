import uvicorn

from sandbox.app import create_app
from sandbox.settings import SandboxSettings


class CommandLine(SandboxSettings, cli_parse_args=True, cli_kebab_case=True, cli_prog_name="python -m sandbox"):
    """Stand-ins for DingTalk, an ERP and a project system, with phones to press buttons on."""


def main() -> None:
    settings = CommandLine()
    uvicorn.run(create_app(settings), host=settings.host, port=settings.port, ws="none", access_log=False)


if __name__ == "__main__":
    main()
