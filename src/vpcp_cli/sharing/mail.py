"""A draft of an e-mail with attachments, which a mail program opens to be sent by a person.

Headers are encoded by `Header`: Python 3.11 loses spaces where it folds a Vietnamese subject by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from hashlib import sha256
from typing import Final

from vpcp_cli.render.door import one_line

_KINDS: Final = {
    "pdf": "pdf",
    "docx": "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def draft(subject: str, to: str | None, text: str, attached: Mapping[str, bytes]) -> bytes:
    """Return an unsent e-mail; the same one for the same texts and files."""
    mark = sha256(b"\0".join([subject.encode(), text.encode(), *attached.values()])).hexdigest()
    mail = MIMEMultipart("mixed", boundary=f"vpcp-{mark[:32]}")
    mail["X-Unsent"] = "1"
    mail["Subject"] = Header(one_line(subject), "utf-8", header_name="Subject")  # type: ignore[assignment]
    if to:
        mail["To"] = one_line(to)
    mail.attach(MIMEText(text, "plain", "utf-8"))
    for name, content in attached.items():
        part = MIMEApplication(content, _KINDS[name.rpartition(".")[2]])
        part.add_header("Content-Disposition", "attachment", filename=name)
        mail.attach(part)
    return mail.as_bytes(policy=compat32.clone(linesep="\r\n"))
