"""What codes and fields are called in Vietnamese, where the terminal shows them."""

from __future__ import annotations

from collections.abc import Mapping

PACKAGES: Mapping[str, str] = {
    "enrolment": "Đăng ký mã",
    "trust": "Danh sách tin cậy",
    "plan": "Kế hoạch",
    "cascade": "Kế hoạch cấp dưới",
    "report": "Báo cáo",
    "receipt": "Biên nhận",
    "exchange": "Trao đổi",
    "update": "Bản chương trình",
}
SENT: Mapping[str, str] = {"made": "Chưa ghi USB", "sent": "Đã gửi", "received": "Đã nhận", "returned": "Bị trả lại"}
ARRIVED: Mapping[str, str] = {"accepted": "Đã nhập", "withdrawn": "Đã rút lại", "kept": "Giữ làm chứng"}
RECORDS: Mapping[str, str] = {
    "unit": "Đơn vị",
    "org_event": "Tổ chức",
    "headcount": "Số lượng",
    "department": "Ban",
    "baseline": "Danh sách gốc",
    "workplace": "Nơi làm việc",
    "workforce": "Lao động nơi làm việc",
    "campaign": "Kế hoạch",
    "activity": "Hoạt động",
    "person": "Người",
    "post": "Chức vụ",
    "training": "Tập huấn",
    "rating": "Xếp loại",
    "support": "Chăm lo",
    "period_figures": "Số liệu kỳ",
    "entered_figure": "Số liệu tự đếm",
    "review": "Kết quả duyệt",
}
FIELDS: Mapping[str, str] = {
    "unit": "đơn vị",
    "campaign": "kế hoạch",
    "kind": "loại",
    "starts": "từ ngày",
    "ends": "đến ngày",
    "participants": "số người",
    "women": "nữ",
    "cost": "kinh phí",
    "source": "nguồn chi",
    "counts": "tính chỉ tiêu",
    "title": "tên",
    "place": "nơi tổ chức",
    "note": "ghi chú",
    "person": "người nhận",
    "cause": "nguyên nhân",
    "cash": "tiền mặt",
    "in_kind": "hiện vật",
    "fund": "nguồn",
    "on": "ngày",
    "decision": "quyết định",
    "goods": "hiện vật là",
    "state": "tình trạng",
    "workplace": "cơ quan, doanh nghiệp",
    "members": "đoàn viên",
    "count": "số lượng",
    "number": "số văn bản",
    "until": "có hiệu lực đến",
    "grade": "xếp loại",
    "organiser": "cấp tổ chức",
    "people": "người tham gia",
    "details": "mục riêng của loại",
    "numerator": "tử số",
    "denominator": "mẫu số",
}
