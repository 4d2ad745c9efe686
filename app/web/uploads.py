"""A file that somebody sends, with the fields of its form. Counted while it comes in; what is cut off stays away."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.domain.codes import N_
from app.domain.signs import hidden
from app.formats.book import LARGEST_FILE
from app.web.forms import BODY, FIELDS, Form
from app.web.refusals import Misread

WHOLE = LARGEST_FILE + BODY  # bytes of the request that brings it
LONGEST_NAME = 200


@dataclass(frozen=True)
class Upload:
    """`body` is empty where no file was chosen."""

    name: str
    body: bytes
    form: Form


async def uploaded(request: Request) -> Upload:
    """Reads a form with at most one file, in the field `file`. Raises Misread."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise Misread(N_("Only forms are taken here."), 415)
    try:
        async with request.form(max_files=1, max_fields=FIELDS, max_part_size=BODY) as sent:
            pairs = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
            files = [value for name, value in sent.multi_items() if isinstance(value, UploadFile) and name == "file"]
            body = await files[0].read() if files else b""
            name = (files[0].filename or "") if files else ""
    except (HTTPException, ValueError, UnicodeDecodeError) as error:
        raise Misread from error
    if any("\0" in one or "\0" in value for one, value in pairs):
        raise Misread
    return Upload(_shown(name), body, Form(pairs))


def _shown(name: str) -> str:
    """The last step of the name, without signs that nobody can see."""
    last = name.replace("\\", "/").rpartition("/")[2][:LONGEST_NAME]
    return "".join("\ufffd" if hidden(sign) else sign for sign in last)


Uploaded = Annotated[Upload, Depends(uploaded)]
