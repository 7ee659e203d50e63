"""What processes are drawn, tried, told apart and followed with: mounted before what has a key in its address."""

from api import flow_shown, process_differences, process_trying, process_versions, vocabulary

ROUTERS = (
    process_versions.router,
    process_trying.router,
    process_differences.router,
    vocabulary.router,
    flow_shown.router,
)
