"""The description of the API as its page shows it: chapters of operations, each with an example that was told there."""

import json
import re
from dataclasses import dataclass
from typing import Any

from app.domain.codes import N_
from app.web import words
from app.web.api.problems import STATUSES

Told = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Parameter:
    name: str
    where: str
    needed: bool
    says: str
    takes: str
    example: str


@dataclass(frozen=True)
class Operation:
    id: str
    method: str
    path: str
    title: str
    says: str
    owed: bool  # whether a token is needed
    parameters: list[Parameter]
    asked: str  # an example of what is sent
    status: int
    answered: str  # and of what comes back
    errors: list[tuple[str, str]]


@dataclass(frozen=True)
class Chapter:
    title: str
    says: str
    operations: list[Operation]

    @property
    def anchor(self) -> str:
        return re.sub(r"[^a-z]+", "-", self.title.lower())


@dataclass(frozen=True)
class Snippet:
    language: str
    lines: str


def chapters(told: Told) -> list[Chapter]:
    found = operations(told)
    return [
        Chapter(tag["name"], tag["description"], [one for name, one in found if name == tag["name"]])
        for tag in told["tags"]
    ]


def operations(told: Told) -> list[tuple[str, Operation]]:
    """Each with its chapter, in the order of the description."""
    return [
        (operation["tags"][0], _operation(path, method, operation))
        for path, methods in told["paths"].items()
        for method, operation in sorted(methods.items(), key=lambda one: METHODS.index(one[0]))
    ]


def statuses() -> list[tuple[int, str]]:
    return [(status, says) for status, (says, _) in sorted(STATUSES.items())]


def snippets(base: str) -> list[Snippet]:
    """Five lines each, to be copied."""
    asked = f"{base}/api/v1/pledges?system=patriot&fields=lead,title,status"
    return [
        Snippet(
            "Python",
            "import json\n"
            "from urllib.request import urlopen\n"
            f'page = json.load(urlopen("{asked}"))\n'
            'for pledge in page["data"]:\n'
            '    print(pledge["lead"], pledge["title"], pledge["status"])\n',
        ),
        Snippet(
            "R",
            "library(jsonlite)\n"
            f'page <- fromJSON("{asked}")\n'
            "pledges <- page$data\n"
            "print(table(pledges$lead))\n"
            'print(pledges[pledges$status == "delivered", c("lead", "title")])\n',
        ),
        Snippet(
            "curl",
            f'curl -s "{asked}"\n'
            f'record="{base}/api/v1/pledges/1"\n'
            "tag=$(curl -s -D - -o /dev/null \"$record\" | tr -d '\\r' | sed -n 's/^[Ee][Tt]ag: //p')\n"
            'curl -s -X PATCH -H "Authorization: Bearer $TOKEN" -H "If-Match: $tag" -d \'{"note": "Seen."}\' \\\n'
            '  -H "Content-Type: application/json" "$record?comment=A+first+try"\n',
        ),
    ]


def _operation(path: str, method: str, told: Told) -> Operation:
    status, good = next((code, one) for code, one in told["responses"].items() if code.startswith("2"))
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        title=told["summary"],
        says=" ".join(told.get("description", "").split()),
        owed={} not in told["security"],
        parameters=[_parameter(one) for one in told.get("parameters", [])],
        asked=_example(told.get("requestBody", {})),
        status=int(status),
        answered=_example(good),
        errors=[(code, one["description"]) for code, one in told["responses"].items() if code >= "4"],
    )


def _parameter(told: Told) -> Parameter:
    example = told.get("example", (told["schema"].get("examples") or [""])[0])
    return Parameter(
        name=told["name"],
        where=words.gettext(WHERE[told["in"]]),
        needed=told["required"],
        says=told["description"],
        takes=_takes(told["schema"]),
        example=",".join(map(str, example)) if isinstance(example, list) else str(example),
    )


WHERE = {"path": N_("in the path"), "query": N_("in the query"), "header": N_("header")}


def _takes(schema: Told) -> str:
    """What may stand in it, in a few words."""
    if schema.get("type") == "array":
        return _takes(schema["items"])
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "integer":
        least, most = schema.get("minimum"), schema.get("maximum")
        short = most is None or most > 10**9
        return words.gettext("a whole number") if short else f"{least}–{most}"
    return words.gettext("a day") if schema.get("format") == "date" else words.gettext("a text")


def _example(told: Told) -> str:
    """The first example of a body; nothing where there is none."""
    for content in told.get("content", {}).values():
        return json.dumps(content["example"], ensure_ascii=False, indent=2)
    return ""
