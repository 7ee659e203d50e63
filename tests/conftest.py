import pytest

from tests.browser import NO_BROWSER, chromium_path, is_required
from tests.exchange.tck import NO_TCK, tck_dir


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what this machine has not got: a browser, except in CI, and the DMN suite. The summary says so."""
    missing = [
        *(["browser"] if chromium_path() is None and not is_required() else []),
        *(["tck"] if tck_dir() is None else []),
    ]
    left_out = [item for item in items if any(item.get_closest_marker(one) for one in missing)]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium_path() is None and not is_required():
        terminalreporter.write_line(f"Browser tests were left out. {NO_BROWSER}", yellow=True)
    if tck_dir() is None:
        terminalreporter.write_line(f"The public DMN suite was left out. {NO_TCK}", yellow=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser to start; fails where there is none."""
    path = chromium_path()
    if path is None:
        pytest.fail(NO_BROWSER)
    return path
