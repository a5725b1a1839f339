"""Makes workspaces of any size, as a ministry might keep them; the same arguments give the same bytes.

`python benchmarks/workspaces.py FOLDER --tasks 20000 [--years 10] [--faults 200] [--yardstick]`
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Final

LAST_YEAR: Final = 2025
YARDSTICK: Final = {"done_on_time": 14_068, "done_late": 1_983, "in_time": 5_640, "overdue": 223}
"""The Government's tasks of 2017, report 1270/BC-TCTTTg: 21 914 of them."""
OTHERS: Final = {"no_deadline": 1_800, "principle": 600, "deferred": 110, "withdrawn": 220}
"""What such a report leaves out and a workspace has all the same, beside as many tasks."""

MINISTRIES: Final = {
    "BO_TAI_CHINH": "Bộ Tài chính",
    "BO_XAY_DUNG": "Bộ Xây dựng",
    "BO_Y_TE": "Bộ Y tế",
    "BO_GIAO_DUC": "Bộ Giáo dục và Đào tạo",
    "BO_CONG_THUONG": "Bộ Công Thương",
    "BO_NONG_NGHIEP": "Bộ Nông nghiệp",
    "BO_NOI_VU": "Bộ Nội vụ",
    "BO_TU_PHAP": "Bộ Tư pháp",
    "BO_KHOA_HOC": "Bộ Khoa học và Công nghệ",
    "BO_QUOC_PHONG": "Bộ Quốc phòng",
    "BO_CONG_AN": "Bộ Công an",
    "BO_VAN_HOA": "Bộ Văn hóa, Thể thao và Du lịch",
    "BO_NGOAI_GIAO": "Bộ Ngoại giao",
    "THANH_TRA": "Thanh tra Chính phủ",
    "NGAN_HANG": "Ngân hàng Nhà nước Việt Nam",
    "VPCP": "Văn phòng Chính phủ",
}
PROVINCES: Final = ("HA_NOI", "HAI_PHONG", "HUE", "DA_NANG", "CAN_THO", "NGHE_AN", "LAO_CAI", "CA_MAU", "AN_GIANG")
CODES: Final = (*MINISTRIES, *(f"UBND_{name}" for name in PROVINCES))
VERBS: Final = (
    "Trình Chính phủ",
    "Xây dựng",
    "Hoàn thiện",
    "Thẩm định",
    "Rà soát",
    "Ban hành",
    "Tổng kết",
    "Lấy ý kiến về",
)
KINDS: Final = ("Nghị định", "Đề án", "Quyết định", "Thông tư", "Báo cáo", "Kế hoạch", "Chiến lược", "Tờ trình")
ABOUT: Final = (
    "sửa đổi, bổ sung một số điều về quản lý, sử dụng tài sản công",
    "quy định chi tiết thi hành Luật Đất đai tại địa phương",
    "phát triển hạ tầng số và kinh tế số vùng đồng bằng sông Cửu Long",
    "nâng cao năng lực cạnh tranh của doanh nghiệp nhỏ và vừa",
    "cơ chế tự chủ tài chính đối với đơn vị sự nghiệp công lập",
    "cải cách thủ tục hành chính trong lĩnh vực khám bệnh, chữa bệnh",
    "thích ứng biến đổi khí hậu và phòng, chống thiên tai",
    "đào tạo, bồi dưỡng cán bộ, công chức cấp xã, phường",
)
CATEGORIES: Final = ("advice", "policy", "programme", "follow_up", "digital", "reform", "organisation", "logistics")
NOTES: Final = (
    "Đã trình lãnh đạo Bộ ký ban hành",
    "Chờ ý kiến của các bộ, ngành liên quan: đã đôn đốc 2 lần",
    "Đã họp thẩm định lần 1 😀",
    "Chậm do phải lấy ý kiến bổ sung",
)
ISSUERS: Final = ("Nguyễn Văn Bình", "Trần Thị Hoà", "Lê Minh Đức", "Phạm Quang Ánh", "Vũ Thị Yến")
LARGEST_DIRECTIVE: Final = 12


@dataclass
class Year:
    """Writes one programme of so many tasks; `day` is when it is looked at, 31 October."""

    year: int
    tasks: int
    fates: list[str]
    chance: Random
    faults: frozenset[int] = frozenset()
    lines: list[str] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day on which the fates of the tasks hold."""
        return date(self.year, 10, 31)

    def text(self) -> str:
        """The whole file."""
        self.lines = [
            f"# Chương trình công tác năm {self.year}",
            "schema: 1",
            f"year: {self.year}",
            "kind: work_programme",
            f'title: {{vi: "Chương trình công tác năm {self.year}", en: "Work programme for {self.year}"}}',
            "owner: VPCP",
            "directives:",
        ]
        number = directive = 0
        while number < self.tasks:
            directive += 1
            held = min(self.chance.randint(1, LARGEST_DIRECTIVE), self.tasks - number)
            self._directive(directive)
            for place in range(1, held + 1):
                task = self._task(f"{self.year}-CD{directive:04d}.{place}", number)
                self.lines += _broken(task, number) if number in self.faults else task
                number += 1
        return "\n".join(self.lines) + "\n"

    def _directive(self, number: int) -> None:
        issued = date(self.year, 1, 2) + timedelta(days=self.chance.randint(0, 5))
        if number % 100 == 1:
            self.lines += ["", f"  # ===== Nhóm {number // 100 + 1} ====="]
        self.lines += [
            f"  - id: {self.year}-CD{number:04d}",
            "    kind: directive",
            f"    title: Về {self.chance.choice(ABOUT)}",
            f"    issuer: {{name: {self.chance.choice(ISSUERS)}, role: Lãnh đạo Chính phủ}}",
            f"    issued: {issued}",
            "    tasks:",
        ]

    def _task(self, task: str, number: int) -> list[str]:
        chance, fate = self.chance, self.fates[number]
        words = f"{chance.choice(VERBS)} {chance.choice(KINDS)} {chance.choice(ABOUT)}, công văn {number + 1}/VPCP-TH"
        standing = fate == "no_deadline" and chance.random() < 0.5
        nature = "principle" if fate == "principle" else "standing" if standing else "one_off"
        lead, *support = chance.sample(CODES, chance.choice((1, 1, 2, 3)))
        lines = [f"      - id: {task}", *_scalar("text", words, 8, chance), f"        source: L{number % 40 + 1}"]
        lines += [
            f"        category: {chance.choice(CATEGORIES)}",
            f"        nature: {nature}",
            f"        lead: {lead}",
        ]
        lines += _support(support, chance)
        if nature == "one_off":
            lines.append(f"        deliverable: {chance.choice(KINDS)} được ban hành")
        if chance.random() < 0.2:
            lines.append("        priority: true")
        deadline, log = self._story(fate)
        if deadline:
            lines.append(f"        deadline: {deadline}" + ("  # theo công văn" if chance.random() < 0.05 else ""))
        return lines + (["        log:", *log] if log else [])

    def _story(self, fate: str) -> tuple[str | None, list[str]]:
        """The deadline and the log that lead to a fate."""
        chance, day = self.chance, self.day
        begun = date(self.year, 1, 10) + timedelta(days=chance.randint(0, 40))
        log = _entry(begun, "status: in_progress", by=chance.choice(CODES)) if chance.random() < 0.4 else []
        if fate == "principle":
            return None, []
        if fate == "no_deadline":
            return None, log
        if fate == "withdrawn":
            return f"{self.year}-Q3", [*log, *_entry(day - timedelta(days=40), "status: withdrawn", note=NOTES[1])]
        if fate == "deferred":
            return f"{self.year}-12", [*log, *_entry(day - timedelta(days=40), "status: deferred", note=NOTES[1])]
        if fate == "in_time":
            return self._open_deadline(), [*log, *self._trouble(0.04, day)]
        due = date(self.year, 3, 1) + timedelta(days=chance.randint(0, 220))
        if fate == "overdue":
            asked = _entry(due - timedelta(days=3), 'reminder: "45/VPCP-TH"') if chance.random() < 0.5 else []
            return due.isoformat(), [*log, *asked, *self._trouble(0.4, day)]
        days = chance.randint(0, 40)
        done = max(due - timedelta(days=days), date(self.year, 2, 25)) if fate == "done_on_time" else due
        done += timedelta(days=min(days + 1, (day - due).days)) if fate == "done_late" else timedelta()
        number = f"{chance.randint(1, 2000)}/QĐ-TTg"
        note = chance.choice(NOTES) if chance.random() < 0.3 else None
        return due.isoformat(), [*log, *_entry(done, "status: done", evidence=number, note=note)]

    def _open_deadline(self) -> str:
        forms = (f"{self.year}-Q4", f"{self.year}-12", f"{self.year}-11", f"{self.year}", f"{self.year}-12-15")
        return self.chance.choice(forms)

    def _trouble(self, likely: float, day: date) -> list[str]:
        if self.chance.random() >= likely:
            return []
        when = day - timedelta(days=self.chance.randint(10, 60))
        lines = _entry(when, f'obstacle: "{self.chance.choice(NOTES)}"', reported_to="VPCP")
        if self.chance.random() < 0.5:
            lines += _entry(when, "risk: high", note=NOTES[3])
        if self.chance.random() < 0.3:
            lines += _entry(when, f"deadline: {self.year}-12-20", decision="requested")
        return lines


def _support(codes: Sequence[str], chance: Random) -> list[str]:
    if not codes:
        return []
    if chance.random() < 0.5:
        return [f"        support: [{', '.join(codes)}]"]
    return ["        support:", *(f"          - {code}" for code in codes)]


def _entry(day: date, action: str, **more: str | None) -> list[str]:
    lines = [f"          - date: {day}", f"            {action}"]
    lines += [f"            {key}: {value}" for key, value in more.items() if key != "note" and value]
    if more.get("note"):
        lines.append(f"            note: '{more['note']}'")
    return lines


def _scalar(key: str, text: str, indent: int, chance: Random) -> list[str]:
    """A text in one of the ways in which people write one."""
    space, style = " " * indent, chance.random()
    if style < 0.3:
        return [f'{space}{key}: "{text}"']
    if style < 0.4:
        return [f"{space}{key}: '{text}'"]
    if style < 0.5:
        head, _, tail = text.partition(", ")
        return [f"{space}{key}: >-", f"{space}  {head},", f"{space}  {tail}"]
    if style < 0.6:
        number = text.rpartition(" ")[2]
        return [f"{space}{key}:", f"{space}  vi: {text}", f"{space}  en: Prepare what letter {number} asks for"]
    return [f"{space}{key}: {text}"]


def _broken(task: list[str], number: int) -> list[str]:
    """The task with one fault, of eight kinds in turn: three of them break the syntax."""
    nature = next(place for place, line in enumerate(task) if line.startswith("        nature:"))
    fault = [
        ["        lead: BO_KHONG_CO"],
        ["        nature: one_of"],
        ["        natur: one_off"],
        ["        deadline: 2022-02-30"],
        ["        priority: perhaps"],
        [task[nature], task[nature]],
        ["\tnature: one_off"],
        ['        nature: "one_off'],
    ][number % 8]
    key = fault[0].strip().partition(":")[0]
    kept = [line for line in task if not line.startswith((f"        {key}:", "        deadline: 2022-02-30"))]
    return [*kept[:nature], *fault, *kept[nature:]]


def _fates(tasks: int, shares: dict[str, int], chance: Random) -> list[str]:
    """As many fates as tasks, in the given shares, shuffled; exactly the shares where the numbers agree."""
    total, fates = sum(shares.values()), []
    for fate, share in shares.items():
        fates += [fate] * (share * tasks // total)
    fates += ["done_on_time"] * (tasks - len(fates))
    chance.shuffle(fates)
    return fates


def _register() -> Iterator[str]:
    yield from ("schema: 1", "units:")
    names = MINISTRIES | {f"UBND_{name}": f"Ủy ban nhân dân {name.replace('_', ' ').title()}" for name in PROVINCES}
    for code, name in names.items():
        yield f"  - {{code: {code}, name: {name if ',' not in name else repr(name)}, type: ministry}}"


def write(folder: Path, tasks: int, *, years: int = 1, faults: int = 0, yardstick: bool = False) -> None:
    """Make a workspace of `years` files with so many tasks each."""
    programmes = folder / "programmes"
    programmes.mkdir(parents=True, exist_ok=True)
    (programmes / "units.yaml").write_text("\n".join(_register()) + "\n", encoding="utf-8")
    for year in [2017] if yardstick else range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        chance = Random(year)  # noqa: S311  nothing here is secret
        fates = _fates(tasks, YARDSTICK if yardstick else YARDSTICK | OTHERS, chance)
        broken = frozenset(chance.sample(range(tasks), faults))
        text = Year(year, tasks, fates, chance, broken).text()
        (programmes / f"{year}.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    """Read the arguments and write."""
    parser = argparse.ArgumentParser(description="Make a workspace of invented tasks.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--faults", type=int, default=0)
    parser.add_argument("--yardstick", action="store_true", help="the 21 914 tasks of 2017, on 31 October")
    given = parser.parse_args()
    tasks = sum(YARDSTICK.values()) if given.yardstick else given.tasks
    write(given.folder, tasks, years=given.years, faults=given.faults, yardstick=given.yardstick)


if __name__ == "__main__":
    main()
