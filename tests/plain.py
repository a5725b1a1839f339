"""Programmes as plain data, the way they come out of a file, right in shape unless a test makes them wrong."""

from typing import Any

Plain = dict[str, Any]


def plain_task(**more: object) -> Plain:
    return {"id": "2022-CD01.1", "text": "Ban hành quy chế", "nature": "one_off", "lead": "VPCP"} | more


def plain_directive(*tasks: object, **more: object) -> Plain:
    head: Plain = {"id": "2022-CD01", "kind": "directive", "title": "Quy chế", "issuer": {"name": "Trần Văn Sơn"}}
    return head | more | {"tasks": list(tasks or [plain_task()])}


def plain_programme(*directives: object, **more: object) -> Plain:
    head: Plain = {"schema": "1", "year": "2022", "kind": "work_programme", "title": "Năm 2022", "owner": "VPCP"}
    return head | {"directives": list(directives or [plain_directive()])} | more
