"""The command line: ``python -m postroad check | decide | convert | try | assign | schema``."""

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from postroad.cli import assign as assigning
from postroad.cli import check as checking
from postroad.cli import convert as converting
from postroad.cli import decide as deciding
from postroad.cli import trial
from postroad.exchange.problem import NotATable
from postroad.model.process import Process
from postroad.model.refusals import Refusal
from postroad.model.table import Status, Table


class Language(StrEnum):
    zh = "zh"
    en = "en"


class Kind(StrEnum):
    process = "process"
    table = "table"


Lang = Annotated[Language, typer.Option("--lang", help="输出语言 / language of the output")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="驿道：检查与试跑规则和流程 / Postroad: check and try rules and processes",
)


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(exists=True, help="文件或文件夹 / files or folders")],
    boundaries: Annotated[
        bool, typer.Option("--boundaries", help="列出每个界限前后的结果，供签字 / show what happens around each bound")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = Language.zh,
) -> None:
    """检查规则表：错误、缺口、重叠、死行；有错误时退出码为 1 / Check tables; exit 1 on errors."""
    files = checking.files_under(paths)
    findings = [finding for file in files for finding in checking.check_file(file, boundaries=boundaries)]
    typer.echo(checking.as_json(files, findings) if as_json else checking.as_text(files, findings, lang))
    raise typer.Exit(1 if checking.has_errors(findings) else 0)


@app.command()
def decide(
    table: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="规则表文件 / a *.table.yaml")],
    inputs: Annotated[str, typer.Option(help='输入，JSON 对象 / a JSON object, e.g. {"amount": 28000}')],
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="按哪一天的规则，默认今天 / for which day; today, if left out"),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = Language.zh,
) -> None:
    """试算一次并说明原因；状态不是 OK 时退出码为 1 / Evaluate once and say why; exit 1 unless OK."""
    try:
        explanation = deciding.decide(table, inputs, on.date() if on else deciding.today())
    except Refusal as refusal:
        typer.echo(refusal.label.text(lang), err=True)
        raise typer.Exit(1) from refusal
    typer.echo(explanation.model_dump_json(indent=2) if as_json else deciding.as_text(explanation, lang))
    raise typer.Exit(0 if explanation.evaluation.status is Status.OK else 1)


@app.command()
def convert(
    source: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="要转换的文件 / the file there is")],
    target: Annotated[Path, typer.Argument(dir_okay=False, help="要写的文件 / the file to write")],
    table: Annotated[
        str | None, typer.Option(help="文件里有几张表时：哪一张（id 或名称） / which table of several, by id or name")
    ] = None,
    lang: Lang = Language.zh,
) -> None:
    """转换规则表文件，格式看文件名；有错误时逐处列出，退出码为 1 / Convert a table by file names; exit 1 on errors."""
    try:
        converted = converting.convert(source, target, table)
    except NotATable as refused:
        typer.echo("\n".join([refused.name, *(f"  {one.line(lang)}" for one in refused.problems)]), err=True)
        raise typer.Exit(1) from refused
    except Refusal as refusal:
        typer.echo(refusal.label.text(lang), err=True)
        raise typer.Exit(1) from refusal
    typer.echo(converting.as_text(converted, target, lang))


@app.command("try")
def try_(
    process: Annotated[Path, typer.Argument(exists=True, help="流程文件夹 / a folder or process.yaml")],
    cases: Annotated[
        Path | None,
        typer.Option(exists=True, help="案例文件，或放 *.cases.yaml 的文件夹 / a case file, or a folder of them"),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = Language.zh,
) -> None:
    """试跑流程案例；与期望不符时退出码为 1 / Play the cases of a process; exit 1 unless all is as expected."""
    try:
        played = trial.try_process(process, cases)
    except Refusal as refusal:
        typer.echo(refusal.label.text(lang), err=True)
        raise typer.Exit(1) from refusal
    lines = [step.model_dump_json() for step in played] if as_json else [trial.as_text(played, lang)]
    typer.echo("\n".join(lines))
    raise typer.Exit(1 if trial.has_problems(played) else 0)


@app.command()
def assign(
    *,
    spec: Annotated[str, typer.Argument(help="怎样选人 / e.g. '{skill: service, strategy: highest_skill}'")],
    organisation: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="组织文件 / the people")],
    variables: Annotated[str, typer.Option(help="单据内容，JSON 对象 / the document's fields")] = "{}",
    initiator: Annotated[str, typer.Option(help="发起人 / who started it")] = "",
    loads: Annotated[str, typer.Option(help='未办任务 / e.g. {"chen": {"tasks": 2, "minutes": 90}}')] = "{}",
    before: Annotated[str, typer.Option(help="上次由谁办理 / who did it last time")] = "",
    as_json: AsJson = False,
    lang: Lang = Language.zh,
) -> None:
    """试选处理人并说明原因，不分派；选不出时退出码为 1 / Choose one person, say why; exit 1 if nobody can."""
    try:
        trace = assigning.assign(
            spec, organisation, variables=variables, initiator=initiator, loads=loads, before=before
        )
    except Refusal as refusal:
        typer.echo(refusal.label.text(lang), err=True)
        raise typer.Exit(1) from refusal
    typer.echo(trace.model_dump_json(indent=2) if as_json else assigning.as_text(trace, lang))
    raise typer.Exit(0 if trace.choice.people else 1)


@app.command()
def schema(of: Annotated[Kind, typer.Argument(help="流程或规则表 / of processes or of tables")] = Kind.process) -> None:
    """输出流程或规则表的 JSON Schema / Print the JSON Schema of process definitions, or of decision tables."""
    model = Table if of is Kind.table else Process
    typer.echo(json.dumps(model.model_json_schema(), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    app()
