"""The report for programs: the contract `vpcp.summary/1`."""

from __future__ import annotations

from collections.abc import Iterator

from vpcp_cli.kinds import recorded
from vpcp_cli.render.due import attention_records
from vpcp_cli.render.formats import Record, Value, json_lines
from vpcp_cli.render.selection import days_record
from vpcp_cli.render.status import count_record, postponed_value
from vpcp_cli.render.summary import SummaryReport
from vpcp_cli.summary import Comparison, Movement, Summary


def summary_json(report: SummaryReport) -> Iterator[str]:
    """Yield the document; tasks that need attention stand in it once, whole, with their reasons."""
    summary = report.summary
    head: Record = {
        **days_record(summary.day, report.known),
        "within": report.within,
        "tasks": report.found,
        "absent": report.absent,
        "whole": count_record(summary.count),
        "parts": count_record(summary.parts) if summary.parts else None,
        "high_risks": summary.high_risks,
        "by_lead": [{"key": group.key, **count_record(group.count)} for group in summary.leads],
        "open_obstacles": list(_obstacles(summary)),
        "postponements": list(_postponements(summary)),
        "postponed_by_lead": [postponed_value(one) for one in summary.postponed],
        "since": _movement(summary.movement) if summary.movement else None,
        "comparison": _comparison(summary.comparison) if summary.comparison else None,
    }
    return json_lines("vpcp.summary/1", head, "attention", attention_records(summary.attention))


def _obstacles(summary: Summary) -> Iterator[Value]:
    for one in summary.obstructed:
        for obstacle in one.obstacles:
            yield {
                "id": one.task.id,
                "lead": one.lead,
                "since": obstacle.since.isoformat(),
                "days": (one.day - obstacle.since).days,
                "text": recorded(obstacle.entry.obstacle),
                "reported_to": obstacle.entry.reported_to,
            }


def _postponements(summary: Summary) -> Iterator[Value]:
    for one in summary.postponements:
        yield {
            "id": one.standing.task.id,
            "lead": one.standing.lead,
            "date": one.entry.date.isoformat(),
            "deadline": recorded(one.entry.deadline),
            "document": one.entry.document,
        }


def _movement(moved: Movement) -> Value:
    return {
        "since": moved.since.isoformat(),
        "before": count_record(moved.before),
        "new": moved.new,
        "entries": [{"id": one.standing.task.id, **recorded(one.entry)} for one in moved.happenings],
        "reported": [{"id": one.standing.task.id, **recorded(one.entry)} for one in moved.reported],
    }


def _comparison(other: Comparison) -> Value:
    return {"year": other.year, "as_of": other.day.isoformat(), "whole": count_record(other.count)}
