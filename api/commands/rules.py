"""`python -m api rules …`: versions of rule tables from the command line, as the token allows it."""

import json
from pathlib import Path
from typing import Annotated

import typer

from api.commands import remote
from api.commands.remote import HERE, AsJson, Json, Url
from postroad.cli.convert import table_in, write
from postroad.exchange.formats import format_of
from postroad.model.table import Table

app = typer.Typer(no_args_is_help=True, help="规则表的版本 / Versions of rule tables")

Key = Annotated[str, typer.Argument(help="规则表 / the table")]
Number = Annotated[int, typer.Argument(metavar="VERSION", help="版本号 / number of the version")]
Notes = Annotated[str, typer.Option(help="说明 / what changes and why")]


@app.command("list")
def listed(
    key: Annotated[str | None, typer.Argument(help="规则表，默认全部 / the table, by default all")] = None,
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """列出规则表与版本 / List tables and their versions; `*` is in force."""
    told = [remote.get(url, f"/rules/{key}")] if key else remote.get(url, "/rules")
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    for one in told:
        typer.echo(f"{one['key']}  {one['title']['zh']}")
        for version in one["versions"]:
            typer.echo(f"  {_line(version)}")


@app.command()
def draft(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="*.table.yaml, *.xlsx, *.csv, *.dmn …")],
    notes: Notes = "",
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """把文件起草为新版本 / Make a file a new draft."""
    table = table_in(file)
    _say(
        remote.post(url, f"/rules/{table.table}/drafts", {"table": table.model_dump(mode="json"), "notes": notes}),
        as_json,
    )


@app.command()
def export(
    key: Key,
    version: Number,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="*.xlsx, *.csv, *.dmn, *.jdm.json, *.table.yaml")],
    url: Url = HERE,
) -> None:
    """把一个版本写成文件 / Write a version into a file."""
    written_in = format_of(file)
    told = remote.get(url, f"/rules/{key}/versions/{version}")
    write(Table.model_validate(told["table"]), file, written_in)
    typer.echo(f"✓ {file}")


@app.command()
def rollback(key: Key, version: Number, notes: Notes = "", url: Url = HERE, as_json: AsJson = False) -> None:
    """以旧版本的内容起草 / Draft what an older version said, to go back to it."""
    _say(remote.post(url, f"/rules/{key}/drafts", {"from_version": version, "notes": notes}), as_json)


@app.command()
def check(
    key: Key,
    version: Number,
    acknowledge: Annotated[list[str] | None, typer.Option(help="确认 default / acknowledge: default")] = None,
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """检查；有问题时退出码为 1 / Check a version; exit 1 while something stands in its way."""
    told = remote.post(url, f"/rules/{key}/versions/{version}/check", {"acknowledge": acknowledge or []})
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        for stop in told["stops"]:
            typer.echo(f"✗ {stop['code']}: {stop['message']['zh']} / {stop['message']['en']}")
        typer.echo(_line(told["version"]))
    if told["stops"]:
        raise typer.Exit(1)


@app.command()
def approve(key: Key, version: Number, url: Url = HERE, as_json: AsJson = False) -> None:
    """批准别人编写的版本 / Approve a version that somebody else wrote."""
    _say(remote.post(url, f"/rules/{key}/versions/{version}/approve", {}), as_json)


@app.command()
def publish(
    key: Key,
    version: Number,
    effective: Annotated[
        str | None, typer.Option("--from", help="生效时间，写明时区 / with its zone: 2026-12-01T00:00+08:00")
    ] = None,
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """发布 / Publish a version, at once or from a moment on."""
    _say(remote.post(url, f"/rules/{key}/versions/{version}/publish", {"effective_from": effective}), as_json)


@app.command()
def retire(key: Key, version: Number, url: Url = HERE, as_json: AsJson = False) -> None:
    """停用 / Take a table out of use, or call a version off before its time."""
    _say(remote.post(url, f"/rules/{key}/versions/{version}/retire", {}), as_json)


@app.command()
def backtest(  # noqa: PLR0917 - the options of a command
    key: Key,
    version: Number,
    days: Annotated[int, typer.Option(help="最近几天的判断 / the decisions of the last days")] = 30,
    against: Annotated[int | None, typer.Option(help="与哪一版比 / the version to compare with")] = None,
    amount: Annotated[str | None, typer.Option(help="金额列 / the column of the amounts")] = None,
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """开始回测，结果用 result 查看 / Start a backtest; `result` shows what it found."""
    order: Json = {"version": version, "days": days, "against": against, "amount": amount}
    _show(remote.post(url, f"/rules/{key}/backtests", order), as_json)


@app.command()
def result(
    key: Key,
    backtest_id: Annotated[str, typer.Argument(metavar="BACKTEST", help="回测编号 / id of the backtest")],
    url: Url = HERE,
    as_json: AsJson = False,
) -> None:
    """回测的进度与结果 / How far a backtest is, and what it found."""
    _show(remote.get(url, f"/rules/{key}/backtests/{backtest_id}"), as_json)


def _say(version: Json, as_json: bool) -> None:
    typer.echo(json.dumps(version, ensure_ascii=False) if as_json else f"✓ {version['key']} {_line(version)}")


def _line(version: Json) -> str:
    authors = ",".join(version["authors"])
    since = f"  {version['effective_from']}" if version["effective_from"] else ""
    approved = f" ✓{version['approver']}" if version["approver"] else ""
    return f"{'*' if version['in_force'] else ' '}v{version['version']}  {version['stage']}  {authors}{approved}{since}"


def _show(told: Json, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(
        f"{told['id']}  v{told['against']} → v{told['version']}  {told['state']}  {told['done']}/{told['total']}"
    )
    if told["message"]:
        typer.echo(f"✗ {told['message']['zh']} / {told['message']['en']}")
    for line in _lines(told["result"]) if told["result"] else []:
        typer.echo(line)


def _lines(result: Json) -> list[str]:
    money = f"，涉及 / at stake {result['at_stake']} {result['unit'] or ''}" if result["amount"] else ""
    return [
        f"{result['changed']}/{result['n']} 件不同 / differ{money}",
        *(f"  {one['old']} → {one['new']}: {one['n']}  {one['amount'] or ''}".rstrip() for one in result["matrix"]),
        *(f"  {one['who']}: {one['old']} → {one['new']}" for one in result["load"] if one["old"] != one["new"]),
        f"重现 / reproduced {result['reproduced']}/{result['decided']}",
    ]
