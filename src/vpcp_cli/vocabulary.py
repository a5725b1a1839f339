"""The words people type and files hold: codes, with their labels in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from enum import EnumType, StrEnum
from typing import Any

from vpcp_cli.language import current


class Word(StrEnum):
    """A code that files hold; `label` is what a reader sees."""

    __hash__ = str.__hash__  # that of enumerations is slower, and counts ask for it much

    @property
    def label(self) -> str:
        """The words for this code in the reader's language."""
        return label(self)


class Status(Word):
    """Where a task stands, as a person reported it; `not_reported` is never written."""

    NOT_REPORTED = "not_reported"
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    PARTLY_DONE = "partly_done"
    DONE = "done"
    DEFERRED = "deferred"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CARRIED_OVER = "carried_over"
    NOT_DONE = "not_done"
    VOID = "void"


OUTSIDE = (Status.RETURNED, Status.WITHDRAWN)
"""What stands so is not counted."""
CLOSED = (Status.DONE, Status.NOT_DONE, Status.CARRIED_OVER)
"""What stands so is counted, and open no more."""
CLOSING = (*CLOSED, *OUTSIDE)
"""After these work goes on only where it is reopened."""


class Timeliness(Word):
    """How a task stands against its deadline on a day; always derived."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DONE_NO_DEADLINE = "done_no_deadline"
    IN_TIME = "in_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    NO_DEADLINE = "no_deadline"
    UNCOUNTED = "uncounted"
    VOID = "void"


class Nature(Word):
    """What kind of item a task is; the last two are shown and never counted."""

    ONE_OFF = "one_off"
    STANDING = "standing"
    PRINCIPLE = "principle"
    EXPECTATION = "expectation"


class _Open(EnumType):
    """What enumerations are to which a workspace adds codes of its own: these come last."""

    def __iter__(cls) -> Iterator[Any]:
        yield from super().__iter__()
        yield from own_categories()


class Category(Word, metaclass=_Open):
    """The field of work, in the fixed order of the reports; behind these the workspace's own (`settle`)."""

    ADVICE = "advice"
    POLICY = "policy"
    PROGRAMME = "programme"
    FOLLOW_UP = "follow_up"
    COMMUNICATIONS = "communications"
    DIGITAL = "digital"
    REFORM = "reform"
    LOGISTICS = "logistics"
    ORGANISATION = "organisation"
    DISCIPLINE = "discipline"
    PARTY = "party"
    EMULATION = "emulation"
    WELFARE = "welfare"

    @classmethod
    def _missing_(cls, value: object) -> Category | None:
        return _OWN.get(str(value)) if _allowed is None or value in _allowed else None


_OWN: dict[str, Category] = {}
_GIVEN: dict[str, dict[str, tuple[str, str]]] = {}
"""The labels of each code, by the settings that give them."""
_allowed: Collection[str] | None = None
"""The only ones that there are for now; all where it is None."""


def settle(categories: Mapping[str, tuple[str, str]], settings: str = "") -> None:
    """Take the categories that a workspace has of its own, with both labels: Vietnamese, English.

    Where several workspaces call one code differently, it is named by itself.
    """
    for code, both in categories.items():
        given = _GIVEN.setdefault(code, {})
        given[settings] = both
        LABELS[Category][code] = both if len({*given.values()}) == 1 else (code, code)
        if code not in _OWN:
            own = _OWN[code] = str.__new__(Category, code)
            own._name_, own._value_ = code.upper(), code


def own_categories() -> tuple[Category, ...]:
    """Return the categories that workspaces have of their own, those that were settled so far."""
    return tuple(own for code, own in _OWN.items() if _allowed is None or code in _allowed)


@contextmanager
def only_with(codes: Collection[str]) -> Iterator[None]:
    """Let there be of the workspaces' own categories only these: while the files of one are read or written."""
    global _allowed  # noqa: PLW0603 - so are the categories themselves
    before, _allowed = _allowed, codes
    try:
        yield
    finally:
        _allowed = before


def unsettle() -> None:
    """Forget the categories that workspaces have of their own."""
    for code in _OWN:
        del LABELS[Category][code]
    _OWN.clear()
    _GIVEN.clear()


class ProgrammeKind(Word):
    """What a programme is."""

    WORK_PROGRAMME = "work_programme"
    ACTION_PLAN = "action_plan"
    EMULATION_MOVEMENT = "emulation_movement"


class DirectiveKind(Word):
    """What a directive is: who binds whom."""

    DIRECTIVE = "directive"
    SELF_SET = "self_set"
    OBJECTIVE = "objective"
    REQUEST = "request"
    COMMITMENT = "commitment"


class Item(Word):
    """A task, or a scheme (đề án) whose deadline is for its submission."""

    TASK = "task"
    SCHEME = "scheme"


class Authority(Word):
    """To whom a result is submitted."""

    CHINH_PHU = "chinh_phu"
    THU_TUONG = "thu_tuong"
    BO_CHINH_TRI = "bo_chinh_tri"
    BAN_BI_THU = "ban_bi_thu"
    QUOC_HOI = "quoc_hoi"
    CHU_TICH_NUOC = "chu_tich_nuoc"


class Urgency(Word):
    """Words of the text that ask for speed and name no date."""

    SOON = "soon"
    URGENT = "urgent"
    TIMELY = "timely"


class Every(Word):
    """How often a duty recurs."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Decision(Word):
    """What became of a wish to postpone."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"


class Risk(Word):
    """A forecast, not a fact: how likely the deadline will be missed."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Role(Word):
    """In which part a unit is looked for."""

    LEAD = "lead"
    SUPPORT = "support"
    ANY = "any"


def label(word: Word) -> str:
    """Return the words for a code in the reader's language."""
    return LABELS[type(word)][word.value][0 if current() == "vi" else 1]


def labels(word: Word) -> tuple[str, str]:
    """Return both labels of a code: Vietnamese, English."""
    return LABELS[type(word)][word.value]


FORMER: dict[Word, tuple[str, ...]] = {
    Timeliness.NO_DEADLINE: ("Không thời hạn",),
    Timeliness.UNCOUNTED: ("Ngoài diện tính",),
    Status.CARRIED_OVER: ("Chuyển năm sau",),
    Nature.ONE_OFF: ("Có sản phẩm, làm một lần",),
    Nature.EXPECTATION: ("Kỳ vọng, bối cảnh",),
}
"""What codes were called in earlier versions; it is still taken where people type one."""

LABELS: dict[type[Word], dict[str, tuple[str, str]]] = {
    Status: {
        "not_reported": ("Chưa cập nhật", "Not reported"),
        "not_started": ("Chưa thực hiện", "Not started"),
        "in_progress": ("Đang thực hiện", "In progress"),
        "submitted": ("Đã trình", "Submitted"),
        "partly_done": ("Hoàn thành một phần", "Partly done"),
        "done": ("Hoàn thành", "Done"),
        "deferred": ("Tạm hoãn", "Deferred"),
        "returned": ("Trả lại", "Returned"),
        "withdrawn": ("Rút khỏi chương trình", "Withdrawn"),
        "carried_over": ("Chuyển sang năm sau", "Carried over"),
        "not_done": ("Không hoàn thành", "Not done"),
        "void": ("Nhập nhầm", "Entered by mistake"),
    },
    Timeliness: {
        "done_on_time": ("Hoàn thành đúng hạn", "Done on time"),
        "done_late": ("Hoàn thành quá hạn", "Done late"),
        "done_no_deadline": ("Hoàn thành, không thời hạn", "Done, no deadline"),
        "in_time": ("Chưa hoàn thành, trong hạn", "In time"),
        "due_soon": ("Sắp đến hạn", "Due soon"),
        "overdue": ("Chưa hoàn thành, quá hạn", "Overdue"),
        "no_deadline": ("Chưa hoàn thành, không thời hạn", "No deadline"),
        "uncounted": ("Không thống kê", "Not counted"),
        "void": ("Nhập nhầm", "Entered by mistake"),
    },
    Every: {
        "week": ("hằng tuần", "every week"),
        "month": ("hằng tháng", "every month"),
        "quarter": ("hằng quý", "every quarter"),
        "half_year": ("6 tháng một lần", "every half-year"),
        "year": ("hằng năm", "every year"),
    },
    Nature: {
        "one_off": ("Nhiệm vụ cụ thể (có sản phẩm)", "One-off"),
        "standing": ("Thường xuyên", "Standing"),
        "principle": ("Nguyên tắc, tiêu chí", "Principle"),
        "expectation": ("Kỳ vọng", "Expectation"),
    },
    Category: {
        "advice": ("Tham mưu tổng hợp, điều phối", "Advice and coordination"),
        "policy": ("Thể chế, chính sách, hồ sơ trình", "Institutions, policy, dossiers"),
        "programme": ("Chương trình, kế hoạch công tác", "Work programmes and plans"),
        "follow_up": ("Theo dõi, đôn đốc, kiểm tra", "Follow-up and checking"),
        "communications": ("Thông tin, truyền thông", "Information, communications"),
        "digital": ("CNTT, Chính phủ điện tử, chuyển đổi số", "IT, e-Government, digital"),
        "reform": ("Cải cách hành chính, phản ánh kiến nghị", "Administrative reform"),
        "logistics": ("Hậu cần, kỹ thuật", "Logistics"),
        "organisation": ("Tổ chức bộ máy, quy chế, cán bộ", "Organisation, personnel"),
        "discipline": ("Kỷ luật, kỷ cương, tác phong", "Discipline, working style"),
        "party": ("Xây dựng Đảng", "Party building"),
        "emulation": ("Thi đua, khen thưởng", "Emulation, commendation"),
        "welfare": ("Đoàn thể, đời sống", "Mass organisations, welfare"),
    },
    ProgrammeKind: {
        "work_programme": ("Chương trình công tác", "Work programme"),
        "action_plan": ("Chương trình hành động, kế hoạch", "Action plan"),
        "emulation_movement": ("Phong trào thi đua", "Emulation movement"),
    },
    DirectiveKind: {
        "directive": ("Chỉ đạo", "Directive"),
        "self_set": ("Nhiệm vụ tự xác định", "Self-set task"),
        "objective": ("Mục tiêu", "Objective"),
        "request": ("Đề nghị", "Request"),
        "commitment": ("Cam kết", "Commitment"),
    },
    Item: {"task": ("Nhiệm vụ", "Task"), "scheme": ("Đề án", "Scheme")},
    Authority: {
        "chinh_phu": ("Chính phủ", "Government"),
        "thu_tuong": ("Thủ tướng Chính phủ", "Prime Minister"),
        "bo_chinh_tri": ("Bộ Chính trị", "Politburo"),
        "ban_bi_thu": ("Ban Bí thư", "Secretariat of the Central Committee"),
        "quoc_hoi": ("Quốc hội", "National Assembly"),
        "chu_tich_nuoc": ("Chủ tịch nước", "President"),
    },
    Urgency: {
        "soon": ("Sớm", "Soon"),
        "urgent": ("Khẩn trương", "Urgent"),
        "timely": ("Kịp thời", "Timely"),
    },
    Decision: {
        "requested": ("Xin lùi, chờ ý kiến", "Requested"),
        "approved": ("Đồng ý", "Approved"),
        "rejected": ("Không đồng ý", "Rejected"),
    },
    Risk: {
        "low": ("Thấp", "Low"),
        "medium": ("Trung bình", "Medium"),
        "high": ("Cao", "High"),
    },
    Role: {
        "lead": ("Chủ trì", "Lead"),
        "support": ("Phối hợp", "Support"),
        "any": ("Bất kỳ", "Any"),
    },
}
