from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import httpx
import yaml

from postroad.connectors.base import Connector
from postroad.connectors.config import ConnectorsFile, RestConfig
from postroad.connectors.rest import RestConnector
from postroad.connectors.secret import resolve
from postroad.model.refusals import Malformed


class Connectors(Mapping[str, Connector]):
    """The systems we can act in, by name, sharing one pool of connections. Close it when done."""

    def __init__(self, connectors: Mapping[str, Connector], http: httpx.AsyncClient | None = None) -> None:
        self._connectors, self._http = dict(connectors), http

    def __getitem__(self, system: str) -> Connector:
        return self._connectors[system]

    def __iter__(self) -> Iterator[str]:
        return iter(self._connectors)

    def __len__(self) -> int:
        return len(self._connectors)

    async def aclose(self) -> None:
        if self._http is not None:
            await self._http.aclose()


def load_connectors(path: Path | str, environ: Mapping[str, str]) -> Connectors:
    """The connectors of a YAML file, with references looked up in `environ`; nothing is sent yet.

    Raises:
        Malformed: the file cannot be read, does not fit its model, names a host that it does not allow, or refers to
            an environment variable or file that is not there.
    """
    declared = _declared(Path(path))
    http = httpx.AsyncClient(follow_redirects=False, trust_env=False)
    found: dict[str, Connector] = {}
    for name, config in declared.connectors.items():
        try:
            found[name] = _connector(name, config, declared.hosts, http=http, environ=environ)
        except (ValueError, httpx.InvalidURL) as wrong:
            raise Malformed(
                f"{path} 中的连接器 {name} 无法使用：{wrong}", f"The connector {name} in {path} cannot be used: {wrong}"
            ) from wrong
    return Connectors(found, http)


def _declared(path: Path) -> ConnectorsFile:
    try:
        return ConnectorsFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as missing:
        raise Malformed(f"无法读取连接器文件 {path}", f"The connectors file {path} cannot be read") from missing
    except (yaml.YAMLError, ValueError) as wrong:
        raise Malformed(f"连接器文件 {path} 有误：{wrong}", f"The connectors file {path} is wrong: {wrong}") from wrong


def _connector(
    name: str, config: RestConfig, hosts: Sequence[str], *, http: httpx.AsyncClient, environ: Mapping[str, str]
) -> RestConnector:
    base_url = resolve(config.base_url, environ)
    _check_host(base_url, hosts)
    if config.webhook:
        for secret in config.webhook.signature.secrets:
            resolve(secret, environ)
    return RestConnector(name, config, base_url, http=http, environ=environ)


def _check_host(base_url: str, hosts: Sequence[str]) -> None:
    """`hosts` lists `host` (any port) or `host:port`."""
    url = httpx.URL(base_url)
    allowed = url.host in hosts or f"{url.host}:{url.port}" in hosts
    if url.scheme not in {"http", "https"} or not allowed or url.userinfo:
        where = url.host or base_url
        raise ValueError(f"地址 {where} 不在 hosts 允许的范围内 / the host {where} is not listed in hosts")
