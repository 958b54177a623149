"""A hook of MkDocs: makes the pages that lie elsewhere, the commands from the parser and how to contribute."""

import argparse
from pathlib import Path
from typing import Any

from photosearch.cli.parser import make_parser

INTRODUCTION = """# Commands

`photosearch COMMAND`, or in a checkout `python3 run.py COMMAND`. `photosearch COMMAND --help` prints the same. The exit
code is 0 when done, 1 when something outside the program is at fault (a sentence on stderr tells what), 2 for wrong
usage and 130 after Ctrl-C. `train` and `encoders fetch` need the training extra: see
[Teaching an encoder](training.md).
"""


def on_files(files: Any, config: Any) -> Any:
    """Add `commands.md` and `contributing.md`."""
    from mkdocs.structure.files import File

    contributing = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text("utf-8").replace("(docs/", "(")
    files.append(File.generated(config, "commands.md", content=commands_page()))
    files.append(File.generated(config, "contributing.md", content=contributing))
    return files


def commands_page() -> str:
    """The whole page as Markdown."""
    parser = make_parser()
    parts = [INTRODUCTION, *_options(parser)]
    for name, command in subcommands(parser).items():
        parts += [f"## {name}", command.description or "", _usage(command), *_options(command)]
        for action, each in subcommands(command).items():
            parts += [f"### {name} {action}", each.description or "", _usage(each), *_options(each)]
    return "\n\n".join(part for part in parts if part) + "\n"


def subcommands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The commands of a parser by name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _usage(parser: argparse.ArgumentParser) -> str:
    return f"```\n{parser.format_usage().removeprefix('usage: ').strip()}\n```"


def _options(parser: argparse.ArgumentParser) -> list[str]:
    rows: list[str] = []
    for action in parser._actions:
        if action.help in (None, argparse.SUPPRESS) or isinstance(action, argparse._SubParsersAction):
            continue
        value = action.metavar or ("" if action.nargs == 0 else (action.dest or "").upper())
        if action.choices and not action.metavar:
            value = "{" + ",".join(map(str, action.choices)) + "}"
        name = ", ".join(f"{option} {value}".strip() for option in action.option_strings) or str(value)
        rows.append(f"| `{_cell(name)}` | {_cell((action.help or '').replace('%%', '%'))} |")
    return ["| option | meaning |\n| --- | --- |\n" + "\n".join(rows)] if rows else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
