"""Why a package is refused, in the words of the officer who holds the stick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum

from congdoan_desktop.errors import AppError

_SAFE = "Chưa có gì từ gói này được nhập vào máy."
_ASK_AGAIN = "Xin đơn vị gửi chép lại gói từ máy của họ, rồi thử lại."
_SHOW_SENDER = "Đừng dùng gói này; báo cho đơn vị gửi kiểm tra."
_UPDATE = "Cập nhật chương trình trên máy này rồi mở lại gói."


class Malformed(ValueError):
    """Bytes that do not have the shape FORMAT.md gives them. The text is for the log, never for the window."""


class Reason(StrEnum):
    """What was wrong; one Vietnamese sentence each in `PackageRefused`."""

    TOO_BIG = "too-big"
    TRUNCATED = "truncated"
    CONTAINER = "container"
    NAMES = "names"
    INCOMPLETE = "incomplete"
    CHANGED = "changed"
    SIGNATURE = "signature"
    HEADER = "header"
    NEWER = "newer"
    CONTENTS = "contents"
    REALM = "realm"
    NO_TRUST = "no-trust"
    UNKNOWN_KEY = "unknown-key"
    REVOKED = "revoked"
    WRONG_UNIT = "wrong-unit"
    WRONG_ROLE = "wrong-role"
    NO_CHAIR = "no-chair"
    DIRECTION = "direction"
    RECEIVER = "receiver"
    BODY = "body"
    SOURCES = "sources"
    SEAL = "seal"
    SEALED_SIZE = "sealed-size"
    BINDING = "binding"
    LINES = "lines"
    TRUST_ROOT = "trust-root"
    TRUST_WORDS = "trust-words"
    TRUST_OLDER = "trust-older"
    TRUST_FORK = "trust-fork"


DAMAGE = frozenset(
    {Reason.TRUNCATED, Reason.CONTAINER, Reason.NAMES, Reason.INCOMPLETE, Reason.CHANGED, Reason.SIGNATURE}
)
"""What a failing stick can do to a package, and a second copy may be free of."""

_SENTENCES: Mapping[Reason, tuple[str, str]] = {
    Reason.TOO_BIG: ("Gói lớn hơn 256 MB, vượt mức cho phép.", "Xin đơn vị gửi chia nhỏ kỳ báo cáo."),
    Reason.TRUNCATED: ("Gói bị cụt: thiếu phần cuối tệp (thường do rút USB sớm).", _ASK_AGAIN),
    Reason.CONTAINER: ("Tệp này không phải gói dữ liệu, hoặc đã bị hỏng.", _ASK_AGAIN),
    Reason.NAMES: (
        "Gói có thành phần lạ: do chương trình bản mới hơn tạo ra, hoặc tệp đã bị sửa.",
        "Cập nhật chương trình; nếu vẫn vậy, xin đơn vị gửi chép lại.",
    ),
    Reason.INCOMPLETE: ("Gói thiếu thành phần bắt buộc.", _ASK_AGAIN),
    Reason.CHANGED: ("Nội dung gói đã bị thay đổi hoặc hỏng sau khi đơn vị gửi đóng gói.", _ASK_AGAIN),
    Reason.SIGNATURE: ("Mã xác thực của gói không đúng.", _SHOW_SENDER),
    Reason.HEADER: ("Phần đầu gói ghi sai quy định.", _SHOW_SENDER),
    Reason.NEWER: ("Gói được tạo bằng bản chương trình mới hơn.", _UPDATE),
    Reason.CONTENTS: ("Các thành phần trong gói không khớp với loại gói.", _SHOW_SENDER),
    Reason.REALM: (
        "Gói thuộc phần dữ liệu mẫu, còn máy này dùng dữ liệu thật (hoặc ngược lại).",
        "Chỉ mở gói mẫu trong phần Dùng thử.",
    ),
    Reason.NO_TRUST: (
        "Máy này chưa có danh sách tin cậy nên chưa kiểm tra được ai gửi gói.",
        "Nhận gói danh sách tin cậy của tỉnh trước, rồi mở lại gói này.",
    ),
    Reason.UNKNOWN_KEY: (
        "Gói được xác thực bằng mã của người hoặc máy chưa được công nhận.",
        "Nhận danh sách tin cậy mới nhất; nếu vẫn vậy, xin đơn vị gửi đăng ký mã.",
    ),
    Reason.REVOKED: ("Mã xác thực của người gửi đã bị thu hồi.", "Liên hệ đơn vị gửi và cấp đã thu hồi mã."),
    Reason.WRONG_UNIT: ("Mã xác thực không phải của đơn vị ghi trong gói.", _SHOW_SENDER),
    Reason.WRONG_ROLE: ("Người xác thực gói không có quyền gửi loại gói này.", _SHOW_SENDER),
    Reason.NO_CHAIR: (
        "Gói này chưa có xác nhận của chủ tịch (hoặc phó chủ tịch) đơn vị gửi, là điều tỉnh yêu cầu.",
        "Xin đơn vị gửi: chủ tịch mở Hộp gửi, bấm “Xác nhận gói” rồi ghi lại ra USB.",
    ),
    Reason.DIRECTION: (
        "Đơn vị gửi không phải cấp được gửi loại gói này cho đơn vị mình.",
        "Kiểm tra lại đơn vị gửi; nếu vừa sắp xếp tổ chức, nhận danh sách tin cậy mới nhất.",
    ),
    Reason.RECEIVER: ("Gói này gửi cho đơn vị khác.", "Chuyển gói đến đúng đơn vị nhận."),
    Reason.BODY: ("Số liệu hoặc văn bản trong gói ghi sai quy định.", _SHOW_SENDER),
    Reason.SOURCES: (
        "Báo cáo tổng hợp kèm một gói nguồn không do đơn vị đã được công nhận gửi.",
        "Nhận danh sách tin cậy mới nhất; nếu vẫn vậy, báo cho đơn vị gửi kiểm tra.",
    ),
    Reason.SEAL: (
        "Không mở được phần mã hoá: gói không được mã hoá cho máy này, hoặc bị hỏng.",
        "Xin đơn vị gửi nhận danh sách tin cậy mới nhất rồi gửi lại gói.",
    ),
    Reason.SEALED_SIZE: ("Phần mã hoá không đúng kích thước đã khai.", _SHOW_SENDER),
    Reason.BINDING: ("Phần mã hoá được lấy từ một gói khác.", _SHOW_SENDER),
    Reason.LINES: ("Hồ sơ trong phần mã hoá ghi sai quy định.", _SHOW_SENDER),
    Reason.TRUST_ROOT: (
        "Danh sách tin cậy không phải của tỉnh mà máy này đã công nhận.",
        "Đừng nhận; gọi cho liên đoàn lao động tỉnh theo số đã biết.",
    ),
    Reason.TRUST_WORDS: (
        "Tám từ đã gõ không khớp với danh sách tin cậy này.",
        "So lại với phiếu có đóng dấu của tỉnh.",
    ),
    Reason.TRUST_OLDER: ("Danh sách tin cậy này cũ hơn bản máy đang dùng.", "Xin bản mới nhất của tỉnh."),
    Reason.TRUST_FORK: (
        "CẢNH BÁO: có hai danh sách tin cậy cùng số nhưng khác nội dung.",
        "Giữ lại tệp này và báo ngay cho liên đoàn lao động tỉnh.",
    ),
}


class PackageRefused(AppError):
    """A package that must not be used. `reason` is for code, `detail` for the log; `shown` completes the sentence."""

    def __init__(self, reason: Reason, detail: str = "", *, shown: str = "") -> None:
        what, todo = _SENTENCES[reason]
        super().__init__(f"{what[:-1]} ({shown})." if shown else what, safe=_SAFE, todo=todo)
        self.reason = reason
        self.detail = detail or shown


@contextmanager
def refusing(reason: Reason) -> Iterator[None]:
    """Turn a wrong shape met inside into a refusal for `reason`."""
    try:
        yield
    except Malformed as error:
        raise PackageRefused(reason, str(error)) from error
