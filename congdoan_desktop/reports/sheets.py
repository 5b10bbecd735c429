"""The sheets that go by hand, as papers: enrolment, the province's root words, receipt and recovery."""

from __future__ import annotations

from typing import Literal

from congdoan_desktop.domain.dates import cited_date, official_date
from congdoan_desktop.domain.period_report import Letterhead as Names
from congdoan_desktop.domain.sheets import (
    EnrolledOfficer,
    EnrolmentSheet,
    ReceiptFinding,
    ReceiptSheet,
    RecoverySheet,
    RootSheet,
    Verdict,
)
from congdoan_desktop.reports.document import (
    Addressee,
    Block,
    Cell,
    CodeRow,
    Column,
    Document,
    Label,
    Letterhead,
    Paragraph,
    Run,
    Section,
    SignBox,
    SignBoxes,
    Signers,
    Table,
    Title,
    WordBox,
    head_row,
)
from congdoan_desktop.reports.wording import SIGNED_BY_HAND, blank_date, joined, number_line, padded

_DOTTED_DATE = "Ngày ...... tháng ...... năm 20......"
_READ_IN_ORDER = "đọc theo thứ tự từ 1 đến"
_VERDICTS = {
    Verdict.ACCEPTED: "Nhận toàn bộ",
    Verdict.PARTLY: "Nhận, còn dòng phải sửa",
    Verdict.RETURNED: "Trả lại",
}
_OFFICER_COLUMNS = (
    ("TT", 9), ("Họ và tên", 34), ("Chức vụ", 35), ("Việc được giao", 46), ("Máy tính", 19), ("Chữ ký", 22),
)  # fmt: skip
_FINDING_COLUMNS = (("TT", 9), ("Bảng, dòng", 34), ("Nội dung cần sửa", 47), ("Cách xử lý", 51), ("Thời hạn", 24))
_CHECKS = (
    "Đã quét mã QR, khớp với tệp nhận được",
    "Đã đọc đối chiếu đủ tám từ, khớp",
    "Không khớp, đề nghị lập lại phiếu",
)

_ROOT_USE = (
    "a) Chỉ nhận phiếu có dấu, trao tay hoặc theo đường văn thư;",
    (
        "b) Khi nhận tệp tin cậy đầu tiên, tự gõ đủ tám từ này vào phần mềm theo đúng thứ tự; không chép tám từ từ "
        "tin nhắn hay thư điện tử;"
    ),
    "c) Nếu phần mềm báo khác, dừng lại và hỏi đơn vị công bố; chưa có gì được công nhận.",
)
_RECOVERY_USE = (
    (
        "a) Ai có phiếu này thì mở được toàn bộ dữ liệu của đơn vị, kể cả thông tin cá nhân của đoàn viên. Cho phiếu "
        "vào phong bì dán kín, niêm phong, cất trong két hoặc tủ có khóa, cách xa máy tính;"
    ),
    ("b) Không chụp ảnh, không sao chép, không gửi phiếu qua mạng. Phần mềm không lưu và không in lại được phiếu này;"),
    (
        "c) Khi quên mật khẩu: mở phần mềm, chọn “Quên mật khẩu”, gõ đủ các từ trên (không cần gõ dấu) rồi đặt mật "
        "khẩu mới;"
    ),
    (
        "d) Khi mất phiếu hoặc thay người giữ phiếu: lập phiếu mới ngay và hủy phiếu này. Mất cả mật khẩu lẫn phiếu "
        "thì không ai mở lại được dữ liệu."
    ),
)


def enrolment_sheet(sheet: EnrolmentSheet) -> Document:
    """Phiếu đăng ký mã xác thực, one page."""
    blocks: tuple[Block, ...] = (
        _letterhead(sheet.letterhead, blank_date(sheet.letterhead.place, sheet.year)),
        Title("Phiếu đăng ký mã xác thực", f"Gói dữ liệu của {sheet.unit_name}", gap=2.0),
        Addressee(sheet.receiver, tight=True),
        Label("1. Đơn vị đăng ký"),
        _unit_table(sheet),
        Label("2. Người được giao mã"),
        _officers(sheet.officers),
        Label("3. Mã để đối chiếu"),
        WordBox(
            sheet.qr,
            f"Tám từ đối chiếu ({_READ_IN_ORDER} {len(sheet.words)}):",
            sheet.words,
            (
                (Run("Mã gói đăng ký: "), Run(sheet.package_code, bold=True)),
                (Run(f"Tên tệp: {sheet.file_name}", italic=True),),
            ),
        ),
        _small(
            "Người có tên trên tự giữ mật khẩu; báo ngay công đoàn cấp trên khi thay người, mất máy hoặc lộ mật khẩu. "
            "Mã này chỉ xác thực gói dữ liệu, không thay chữ ký và con dấu trên văn bản."
        ),
        SignBoxes(
            SignBox(
                "ĐƠN VỊ ĐĂNG KÝ", _DOTTED_DATE, (), (*sheet.authority, sheet.signer_title), "(Ký, đóng dấu)",
                sheet.signer_name,
            ),
            SignBox("CÔNG ĐOÀN CẤP TRÊN TIẾP NHẬN", _DOTTED_DATE, _CHECKS, ("NGƯỜI KIỂM TRA",), SIGNED_BY_HAND),
        ),
    )  # fmt: skip
    return _paper("Phiếu đăng ký mã xác thực", sheet.unit_name, blocks, sample=sheet.sample)


def root_sheet(sheet: RootSheet) -> Document:
    """Phiếu công bố tám từ gốc: what the unions type before they accept the first trust file, one page."""
    blocks: tuple[Block, ...] = (
        _letterhead(sheet.letterhead, blank_date(sheet.letterhead.place, sheet.year)),
        Title("Phiếu công bố mã gốc", f"Danh sách tin cậy của {sheet.unit_name}", gap=2.0),
        Addressee("Các công đoàn cấp trên trực tiếp cơ sở", tight=True),
        Label("1. Đơn vị công bố"),
        _facts(("Tên đơn vị", sheet.unit_name), ("Mã đơn vị trên phần mềm", sheet.unit_code), bold_first=True),
        Label("2. Mã để đối chiếu"),
        WordBox(sheet.qr, f"Tám từ gốc ({_READ_IN_ORDER} {len(sheet.words)}):", sheet.words),
        Label("3. Cách dùng"),
        *map(_small, _ROOT_USE),
        _small("Mã này chỉ xác thực gói dữ liệu, không thay chữ ký và con dấu trên văn bản."),
        SignBoxes(
            SignBox(
                "ĐƠN VỊ CÔNG BỐ", _DOTTED_DATE, (), (*sheet.authority, sheet.signer_title), "(Ký, đóng dấu)",
                sheet.signer_name,
            ),
            SignBox(
                "ĐƠN VỊ NHẬN PHIẾU", _DOTTED_DATE, ("Đã gõ đủ tám từ, phần mềm báo khớp", "Không khớp, đã báo lại"),
                ("NGƯỜI NHẬN",), SIGNED_BY_HAND,
            ),
        ),
    )  # fmt: skip
    return _paper("Phiếu công bố mã gốc", sheet.unit_name, blocks, sample=sheet.sample)


def receipt_sheet(sheet: ReceiptSheet) -> Document:
    """Phiếu biên nhận: facts, verdict, rows to mend, both codes, two signers."""
    blocks: list[Block] = [
        _letterhead(sheet.letterhead, f"{sheet.letterhead.place}, {official_date(sheet.dated)}"),
        Title("Phiếu biên nhận", "Gói dữ liệu báo cáo", gap=3.0),
        Addressee(sheet.receiver, tight=True),
        _text(f"{sheet.letterhead.issuer} đã kiểm tra gói dữ liệu của đơn vị; kết quả:"),
        _receipt_facts(sheet),
    ]
    if sheet.findings:
        count = padded(len(sheet.findings))
        blocks += [
            Label(f"Các dòng phải sửa, bổ sung ({count} dòng; các dòng còn lại đã được ghi nhận):"),
            _findings(sheet.findings),
        ]
    if sheet.request:
        blocks.append(_text(sheet.request))
    blocks += [
        CodeRow(
            sheet.qr,
            (("Mã gói nhận được:", sheet.package_code), ("Mã biên nhận:", sheet.receipt_code)),
            f"Nạp tệp {sheet.file_name} vào phần mềm để kết thúc lần gửi.",
        ),
        Signers(
            (
                ("NGƯỜI GIAO", SIGNED_BY_HAND, sheet.giver),
                ("NGƯỜI NHẬN", SIGNED_BY_HAND, sheet.taker),
            )
        ),
        _small("Phiếu lập thành 02 bản: đơn vị gửi giữ 01 bản, đơn vị nhận lưu 01 bản.", italic=True),
    ]
    return _paper("Phiếu biên nhận gói dữ liệu", sheet.letterhead.issuer, tuple(blocks), sample=sheet.sample)


def recovery_sheet(sheet: RecoverySheet) -> Document:
    """Phiếu khôi phục: an internal sheet, without letterhead and number, for a sealed envelope."""
    count = len(sheet.words)
    blocks: tuple[Block, ...] = (
        Title("Phiếu khôi phục dữ liệu", f"Phần mềm Công đoàn Desktop của {sheet.unit_name}"),
        _text("Phiếu này là chìa khóa dự phòng: mở được dữ liệu khi quên mật khẩu. Giữ kín như giữ con dấu."),
        Label("1. Dữ liệu được khôi phục"),
        _facts(
            ("Tên đơn vị", sheet.unit_name),
            ("Máy tính", sheet.installation),
            ("Ngày lập phiếu", cited_date(sheet.made_on)),
            bold_first=True,
        ),
        Label("2. Các từ khôi phục"),
        WordBox(sheet.qr, f"{count} từ khôi phục (gõ theo thứ tự từ 1 đến {count}):", sheet.words),
        Label("3. Cách giữ và cách dùng"),
        *map(_small, _RECOVERY_USE),
        Signers((("NGƯỜI LẬP PHIẾU", SIGNED_BY_HAND, ""), ("NGƯỜI GIỮ PHIẾU", SIGNED_BY_HAND, ""))),
    )
    return _paper("Phiếu khôi phục dữ liệu", sheet.unit_name, blocks, sample=sheet.sample)


def _paper(title: str, author: str, blocks: tuple[Block, ...], *, sample: bool) -> Document:
    return Document(title, author, (Section(blocks),), sample)


def _letterhead(names: Names, date_line: str) -> Letterhead:
    return Letterhead(names.parent, names.parent_short, names.issuer, number_line(names.code), date_line)


def _text(text: str) -> Paragraph:
    return Paragraph((Run(joined(text)),))


def _small(text: str, *, italic: bool = False) -> Paragraph:
    return Paragraph((Run(joined(text), italic=italic),), indented=False, size="small")


def _unit_table(sheet: EnrolmentSheet) -> Table:
    return _facts(
        ("Tên đơn vị", sheet.unit_name),
        ("Công đoàn cấp trên trực tiếp", sheet.receiver),
        ("Mã đơn vị trên phần mềm", sheet.unit_code),
        ("Địa chỉ, điện thoại", sheet.address or "." * 60),
        bold_first=True,
    )


def _facts(*lines: tuple[str, str], bold_first: bool = False) -> Table:
    return Table(
        (Column(55, "left"), Column(110, "left")),
        (),
        tuple((Cell(label), Cell(text, bold=bold_first and at == 0)) for at, (label, text) in enumerate(lines)),
        form="unit",
    )


def _officers(officers: tuple[EnrolledOfficer, ...]) -> Table:
    rows = tuple(
        (Cell(str(at)), Cell(one.name), Cell(one.title), Cell(one.task), Cell(one.machine), Cell(""))
        for at, one in enumerate(officers, 1)
    )
    return _listed(_OFFICER_COLUMNS, {0, 4}, rows, "people")


def _findings(findings: tuple[ReceiptFinding, ...]) -> Table:
    rows = tuple(
        (
            Cell(str(at)),
            Cell(one.place),
            Cell(one.fault),
            Cell(one.remedy),
            Cell(cited_date(one.due) if one.due else ""),
        )
        for at, one in enumerate(findings, 1)
    )
    return _listed(_FINDING_COLUMNS, {0, 4}, rows, "findings")


def _listed(
    columns: tuple[tuple[str, int], ...],
    centred: set[int],
    rows: tuple[tuple[Cell, ...], ...],
    form: Literal["people", "findings"],
) -> Table:
    return Table(
        tuple(Column(width, "center" if at in centred else "left") for at, (_, width) in enumerate(columns)),
        head_row(name for name, _ in columns),
        rows,
        form=form,
    )


def _receipt_facts(sheet: ReceiptSheet) -> Table:
    verdict = tuple((words, kind is sheet.verdict) for kind, words in _VERDICTS.items())
    return Table(
        (Column(50, "left"), Column(115, "left")),
        (),
        (
            *((Cell(label), Cell(joined(text))) for label, text in sheet.facts),
            (Cell("Kết luận", bold=True), Cell("", boxes=verdict)),
        ),
        form="facts",
    )
