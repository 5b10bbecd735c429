"""`congdoan`: the services for a terminal. Data on standard output, messages on standard error.

Exit codes: 0 done, 1 something the user can mend, 2 a command that makes no sense, 3 a defect of the program.
"""

from __future__ import annotations

import argparse
import importlib
import io
import logging
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from congdoan_desktop import logs, paths
from congdoan_desktop.cli.commands import Command, Parser, parse
from congdoan_desktop.cli.desk import Desk
from congdoan_desktop.cli.passphrase import Passphrase, prompt
from congdoan_desktop.clock import Clock
from congdoan_desktop.errors import AppError, ValidationError

if TYPE_CHECKING:
    from congdoan_desktop.services.opening import KdfCost

DONE, MENDABLE, DEFECT, INTERRUPTED = 0, 1, 3, 130

GROUPS = {
    "init": "tạo dữ liệu của đơn vị trên máy này (lần đầu)",
    "sample": "tạo dữ liệu mẫu để dùng thử",
    "unit": "đơn vị, công đoàn cơ sở, số đoàn viên",
    "member": "đoàn viên và người lao động: tìm, kết nạp, cho ra, chuyển đơn vị",
    "workplace": "nơi làm việc và số lao động ở đó",
    "import": "nhập danh sách từ Excel, hoàn tác một lần nhập",
    "campaign": "kế hoạch, phong trào, chỉ tiêu",
    "figure": "số liệu các đơn vị tự đếm cho chỉ tiêu",
    "plan": "đọc một kế hoạch từ tệp Word, PDF, văn bản",
    "activity": "hoạt động",
    "need": "nhu cầu: ai đang khó khăn, đã xét và chi đến đâu",
    "proposal": "tờ trình, họp xét, quyết định, ghi chi, ký nhận",
    "support": "khoản chăm lo",
    "gift": "danh sách quà từ tệp: kiểm tra, lưu",
    "fund": "quỹ: khoản thu, số dư, sao kê",
    "emulation": "thi đua: các đợt, sáng kiến, khen thưởng, danh sách",
    "attach": "ảnh và bản quét đính kèm hoạt động, khoản chăm lo, nhu cầu",
    "report": "báo cáo kỳ ra PDF, Word, Excel; kiểm tra bản in",
    "form": "biểu thống kê 1-HĐCĐ, 2-HĐCĐ",
    "package": "gói dữ liệu gửi và nhận",
    "chair": "chủ tịch ký xác nhận gói ở máy khác của đơn vị",
    "stick": "cả một USB trong một lần: nhập, lập biên nhận, ghi gói chờ, tháo USB",
    "shared": "danh mục, biểu mẫu giao xuống đơn vị dưới",
    "review": "xét duyệt báo cáo đã nhận: trả lại, khoá kỳ, mở lại",
    "exchange": "trao hồ sơ giữa các máy của đơn vị, trả lại hồ sơ cho đơn vị mất máy",
    "trust": "đăng ký mã và danh sách tin cậy",
    "key": "thu hồi, đổi khoá; khoá gốc của tỉnh; chủ tịch xác nhận",
    "staff": "cán bộ dùng máy này",
    "doctor": "kiểm tra và tính lại cơ sở dữ liệu",
}

_EXAMPLES = """
Ví dụ:
  congdoan sample                     tạo hai đơn vị mẫu để dùng thử
  congdoan unit list                  danh sách đơn vị; thêm --json để chương trình khác đọc
  congdoan activity add --help        cách dùng một lệnh"""
_SAFE = "Dữ liệu đã lưu vẫn còn."
_ORDERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but the end of a line, marks that turn the direction of writing, bytes that are no letters."""
logger = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None, *, clock: Clock | None = None, kdf: KdfCost | None = None) -> int:
    """Run one command and return its exit code; `clock` and `kdf` are replaced in tests."""
    logs.no_core_dumps()
    _speak_utf8()
    try:
        top = _top().parse_args(sys.argv[1:] if argv is None else argv)
        commands: tuple[Command, ...] = _module(top.group).COMMANDS
        command, given, as_json = parse(top.group, commands, top.rest, "congdoan", GROUPS[top.group])
    except SystemExit as stop:
        return int(stop.code or 0)
    desk = Desk(top.data, Passphrase(top.passphrase_fd, prompt), clock or Clock(), top.officer, kdf)
    with logs.kept_in(top.data) as log:
        code = _guarded(desk, command, given, as_json, log)
        logger.info("%s %s: %d", top.group, command.name, code)
    return code


def _module(group: str) -> ModuleType:
    """The module of a group; "import" is a word of Python's own."""
    return importlib.import_module(f"congdoan_desktop.cli.{'imports' if group == 'import' else group}")


def _top() -> Parser:
    parser = Parser(
        prog="congdoan",
        description="Công đoàn Desktop cho cửa sổ dòng lệnh.",
        epilog="\n".join(["Nhóm lệnh:", *(f"  {name:<10} {what}" for name, what in GROUPS.items()), _EXAMPLES]),
    )
    parser.add_argument("--data", type=Path, default=paths.default_data_folder(), metavar="…", help="thư mục dữ liệu")
    parser.add_argument(
        "--passphrase-fd", type=int, metavar="SỐ", help="đọc mật khẩu từ mô tả tệp này thay vì hỏi trên màn hình"
    )
    parser.add_argument("--officer", default="", metavar="TÊN", help="cán bộ mở dữ liệu, khi máy có nhiều người dùng")
    parser.add_argument("group", choices=GROUPS, metavar="NHÓM", help="một nhóm lệnh dưới đây")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="LỆNH", help="lệnh và tuỳ chọn của nhóm")
    return parser


def _guarded(desk: Desk, command: Command, given: object, as_json: bool, log: Path) -> int:
    """The one place where errors become words and exit codes."""
    try:
        answer = command.run(desk, given)  # type: ignore[arg-type]
    except AppError as error:
        logger.info("%s", type(error).__qualname__)
        _tell(error)
        return MENDABLE
    except OSError as error:
        logger.info("%s %s", type(error).__qualname__, error.errno)
        _tell(AppError(_reason(error), safe=_SAFE, todo="Xem lại đường dẫn và ổ đĩa rồi chạy lại."))
        return MENDABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:
        logger.exception("defect")
        _tell(
            AppError("Chương trình gặp lỗi.", safe="Dữ liệu đã lưu vẫn còn.", todo=f"Gửi tệp {log} cho người hỗ trợ.")
        )
        return DEFECT
    text = answer.json() if as_json else answer.text()
    if text:
        print(_harmless(text))
    if answer.message:
        print(_harmless(answer.message), file=sys.stderr)
    return DONE


def _tell(error: AppError) -> None:
    """What happened, what is safe, what to do; of several findings each on its line."""
    findings = error.findings if isinstance(error, ValidationError) else ()
    todo = "" if findings else error.todo
    lines = [error.what, *(f"  - {finding.message}" for finding in findings), error.safe, todo]
    print(_harmless("\n".join(line for line in lines if line)), file=sys.stderr)


def _harmless(text: str) -> str:
    """What came from others, as the name of a file on a stick, gives the terminal no orders; JSON means the same."""
    return _ORDERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _reason(error: OSError) -> str:
    reasons = {2: "không có", 13: "không có quyền mở", 17: "đã có", 20: "không phải thư mục", 21: "là thư mục",
               28: "ổ đĩa hết chỗ trống", 30: "ổ đĩa chỉ cho đọc"}  # fmt: skip
    what = reasons.get(error.errno or 0, "ổ đĩa báo lỗi")
    return f"Không đọc hoặc ghi được {error.filename or 'tệp'}: {what}."


def _speak_utf8() -> None:
    """Vietnamese also where the system's pipes speak an older encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
