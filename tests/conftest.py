import pytest

from tests.browser import NO_BROWSER, chromium_path, is_required


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves browser tests out where there is no browser, except in CI; the summary says so."""
    if chromium_path() is not None or is_required():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium_path() is None and not is_required():
        terminalreporter.write_line(f"Browser tests were left out. {NO_BROWSER}", yellow=True)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser to start; fails where there is none."""
    path = chromium_path()
    if path is None:
        pytest.fail(NO_BROWSER)
    return path
