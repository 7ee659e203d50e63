import base64
from collections.abc import Mapping

from postroad.connectors.config import Auth, Basic, Bearer, HeaderAuth
from postroad.connectors.secret import resolve


def headers_of(auth: Auth, environ: Mapping[str, str]) -> dict[str, str]:
    """The headers that prove who we are. Raises MissingSecret."""
    match auth:
        case Bearer():
            return {"Authorization": f"Bearer {resolve(auth.token, environ)}"}
        case HeaderAuth():
            return {auth.header: resolve(auth.value, environ)}
        case Basic():
            pair = f"{auth.user}:{resolve(auth.password, environ)}"
            return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
        case _:
            return {}
