"""What each key of the format means, in a sentence that editors show beside it."""

from __future__ import annotations

from typing import Final

from vpcp_cli.language import N_
from vpcp_cli.programme import (
    Admission,
    Aim,
    Award,
    Directive,
    Document,
    Event,
    Issuer,
    LogEntry,
    Person,
    Programme,
    Result,
    Source,
    Task,
    Text,
    Theme,
    Unit,
)
from vpcp_cli.storage.shape import UnitsFile

_PLACE: Final = N_("The place in the source document, for example L28-S2: line 28, second sentence.")
_VERSION: Final = N_("The version of the format: 1.")
_NOTE: Final = N_("A remark, in one language.")

DESCRIPTIONS: Final[dict[type, dict[str, str]]] = {
    Programme: {
        "schema": _VERSION,
        "year": N_("The year of the programme; the file's name begins with it."),
        "kind": N_("What the programme is."),
        "title": N_("The title of the programme."),
        "owner": N_("The code of the unit whose programme it is, from units.yaml."),
        "directives": N_("What was asked, by whom, with the tasks that follow from it; in the order of the document."),
        "parent": N_("The id of the programme that this plan of a unit carries out, for example 2022."),
        "event": N_("The meeting at which the programme was made."),
        "themes": N_("The slogans of the year, word for word."),
        "context": N_("Aims that are not tasks of this owner; they are shown and never counted."),
        "previous_results": N_("What the year before is reported to have reached."),
        "people": N_("The persons whom the source names."),
        "awards": N_("The awards that the source reports."),
        "documents": N_("The documents that the programme cites."),
        "source": N_("The published document that the programme was taken from."),
    },
    Directive: {
        "id": N_("The directive's id: the year and a number, for example 2022-CD02. It is never used again."),
        "kind": N_(
            "Who binds whom: a directive from above, a task set by oneself, an objective, a request, a commitment."
        ),
        "title": N_("What the directive is about."),
        "issuer": N_("Who gave the directive."),
        "tasks": N_("The tasks of the directive, in their order."),
        "issued": N_("The day on which the directive was given; it and its tasks exist from then on."),
        "source": _PLACE,
    },
    Task: {
        "id": N_("The task's id: that of its directive, a point and a number from 1, for example 2022-CD02.3."),
        "text": N_("What is to be done."),
        "nature": N_("Whether the task ends in a deliverable, goes on all the time, or can't be counted at all."),
        "lead": N_("The code of the one unit that answers for the task, from units.yaml."),
        "source": _PLACE,
        "category": N_("The field of work."),
        "item": N_("A task, or a scheme, whose deadline is for its submission."),
        "support": N_("The codes of the units that work with the lead, which is not among them."),
        "responsible": N_("The person who answers for the task in the leading unit."),
        "deliverable": N_("What will exist when the task is done."),
        "measure": N_("How one would see that the aim is reached."),
        "deadline": N_(
            "The first deadline: 2022-06-30, 2022-06, 2022-Q2, 2022-H1 or 2022. It is never changed; a postponement"
            " is an entry of the log."
        ),
        "urgency": N_("Words of the document that ask for speed without naming a day."),
        "priority": N_("Whether it is a task of special weight: true or false."),
        "basis": N_("The documents on which the task rests: numbers or texts."),
        "admission": N_("Whether the task may stand in a programme at all."),
        "added": N_("The day from which the task exists, if it came later than its directive."),
        "carried_from": N_("The id of the task of an earlier year that goes on as this one."),
        "log": N_("What happened, one entry for each action; entries are only ever added."),
    },
    LogEntry: {
        "date": N_("The day on which the thing happened, which may be earlier than the day of writing."),
        "status": N_("Where the task stands from that day on."),
        "evidence": N_("The document that shows the completion: its number, or a list."),
        "to": N_("The id of the task as which it goes on next year."),
        "deadline": N_("The deadline that is asked for, approved or rejected."),
        "decision": N_("What became of the wish to postpone; only an approval moves the deadline."),
        "obstacle": N_("A difficulty that is open from that day on."),
        "reported_to": N_("The code of the unit to which the difficulty was reported."),
        "resolved": N_("How the difficulty ended."),
        "key": N_("A word that joins an obstacle to its end, where there are several."),
        "risk": N_("A person's forecast that the deadline will be missed; the note gives the reason."),
        "reminder": N_("The number of the letter that urged the lead."),
        "lead": N_("The code of the unit to which the task moved."),
        "by": N_("Who wrote the entry."),
        "document": N_("The number of the document on which the entry rests."),
        "note": _NOTE,
    },
    Admission: {
        "ready": N_("Whether the task is well enough prepared: true or false."),
        "within_authority": N_(
            "Whether it lies within the authority of the Government or the Prime Minister: true or false."
        ),
    },
    Issuer: {"name": N_("The person's full name."), "role": N_("The office that the person held at the time.")},
    Event: {
        "name": N_("The name of the meeting."),
        "start": N_("The first day of the meeting."),
        "end": N_("The last day of the meeting, if it took several."),
        "place": N_("Where the meeting was held."),
    },
    Theme: {"text": N_("The slogan, word for word."), "owner": N_("The code of the unit whose slogan it is.")},
    Aim: {
        "id": N_("The aim's id, for example 2022-MT01.1."),
        "text": N_("What is aimed at."),
        "issuer": N_("Who set the aim."),
        "source": _PLACE,
    },
    Result: {
        "id": N_("The result's id, for example 2022-KQ1."),
        "text": N_("What was reached."),
        "year": N_("The year in which the result was reached."),
        "source": _PLACE,
    },
    Person: {
        "name": N_("The person's full name."),
        "role": N_("The office that the person held at the time."),
        "part": N_("The part that the person had, for example speaker."),
    },
    Award: {
        "name": N_("What was awarded."),
        "class": N_("The class of the award."),
        "giver": N_("Who gave the award."),
        "recipient": N_("Who received the award."),
        "source": _PLACE,
        "note": _NOTE,
    },
    Document: {
        "number": N_("The number, exactly as it is written: 123/QĐ-VPCP."),
        "date": N_("The day on which the document was signed."),
        "title": N_("What the document is about."),
        "issuer": N_("Who issued the document."),
    },
    Source: {
        "title": N_("The title of the published document."),
        "publisher": N_("Who published the document."),
        "published": N_("The day on which the document was published."),
        "notes": N_("Remarks on how the file was made from it."),
    },
    Text: {"vi": N_("The text in Vietnamese."), "en": N_("The text in English.")},
    UnitsFile: {"schema": _VERSION, "units": N_("The units, each with a code that programmes use.")},
    Unit: {
        "code": N_("The code that programmes use: capital letters, digits and _."),
        "name": N_("The unit's full name."),
        "short": N_("The short name for tables."),
        "aliases": N_("Other names by which people look for it."),
        "type": N_("What kind of unit it is, for example department."),
        "parent": N_("The code of the unit to which it belongs."),
        "valid_from": N_("The first day on which the unit exists under this name; left out where it is not known."),
        "valid_to": N_("The last day on which the unit exists under this name."),
        "merged_into": N_("The code of the unit that took over its work."),
    },
}
