"""The shape of the command tables, and the parser made from them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from congdoan_desktop.cli.answer import Answer
from congdoan_desktop.cli.desk import Desk
from congdoan_desktop.cli.given import Given

USAGE_ERROR = 2

Run = Callable[[Desk, Given], Answer]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing given to a command: `--name VALUE`, a flag without a value, or a place without dashes.

    `many`: may be given several times (or, for a place, several in a row).
    """

    name: str
    help: str
    required: bool = False
    many: bool = False
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a group; the name "" is the group itself."""

    name: str
    help: str
    run: Run
    options: tuple[Option, ...] = ()


_PLACES = {
    "answer": "CÓ|KHÔNG", "campaign": "KẾ-HOẠCH", "code": "MÃ", "file": "TỆP", "files": "TỆP", "folder": "THƯ-MỤC",
    "form": "BIỂU", "id": "ID", "key": "KHOÁ", "kind": "LOẠI", "number": "SỐ", "officer": "CÁN-BỘ", "package": "GÓI",
    "people": "NGƯỜI", "person": "NGƯỜI", "row": "DÒNG", "search": "CHỮ", "size": "CỠ", "target": "CHỈ-TIÊU",
    "unit": "ĐƠN-VỊ",
}  # fmt: skip
"""What stands without dashes -> as the help calls it."""
JSON = Option("--json", "in kết quả dạng JSON", flag=True)

# argparse speaks English; these are all the things it can object to in parsers made from the tables.
_COMPLAINTS = (
    (r"the following arguments are required: (.+)", "thiếu {0}"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from .*\)", "không có {0} “{1}”"),
    (r"argument (\S+): expected .*argument.*", "{0} cần một giá trị đi kèm"),
    (r"argument (\S+): ignored explicit argument .*", "{0} không nhận giá trị"),
    (r"argument (\S+): invalid int value: '?(.*?)'?", "{0} phải là số, không phải “{1}”"),
    (r"unrecognized arguments: (--data|--officer|--passphrase-fd)\b.*", "{0} phải đứng trước tên nhóm lệnh"),
    (r"unrecognized arguments: (.+)", "không hiểu {0}"),
    (r"ambiguous option: (\S+) .*", "{0} viết tắt quá ngắn"),
)


class Parser(argparse.ArgumentParser):
    """argparse with a Vietnamese face."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Help, **settings)
        self._positionals.title = "Giá trị"
        self._optionals.title = "Tuỳ chọn"
        self.add_argument("-h", "--help", action="help", help="xem trợ giúp này")

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE_ERROR, f"Lệnh chưa đúng: {_in_vietnamese(message)}. Xem: {self.prog} --help\n")


class _Help(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


def parse(
    group: str, commands: Sequence[Command], words: Sequence[str], prog: str, about: str
) -> tuple[Command, Given, bool]:
    """(command, what was given, whether JSON was asked for); `about` says what the group is for.

    Raises: SystemExit on a usage error or for help.
    """
    if commands[0].name == "":
        parser = _fill(Parser(prog=f"{prog} {group}", description=commands[0].help), commands[0])
    else:
        parser = Parser(prog=f"{prog} {group}", description=_sentence(about))
        under = parser.add_subparsers(dest="command", required=True, metavar="LỆNH", title="Lệnh")
        for command in commands:
            _fill(under.add_parser(command.name, help=command.help, description=_sentence(command.help)), command)
    found = vars(parser.parse_args(words))
    name = found.pop("command", "")
    return next(command for command in commands if command.name == name), Given(found), bool(found.pop("json"))


def _fill(parser: argparse.ArgumentParser, command: Command) -> argparse.ArgumentParser:
    for option in (*command.options, JSON):
        _add(parser, option)
    return parser


def _add(parser: argparse.ArgumentParser, option: Option) -> None:
    settings: dict[str, Any] = {"help": option.help}
    if option.flag:
        settings["action"] = "store_true"
    elif not option.name.startswith("-"):
        settings["nargs"] = "+" if option.many else None if option.required else "?"
        settings["metavar"] = _PLACES[option.name]
    else:
        settings |= {"required": option.required, "metavar": "…", "action": "append" if option.many else "store"}
    parser.add_argument(option.name, **settings)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _in_vietnamese(message: str) -> str:
    for pattern, sentence in _COMPLAINTS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*found.groups())
    return message
