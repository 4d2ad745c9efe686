"""An example for every schema of a record or of a part of one."""

from typing import Any

from app.web.api import examples
from app.web.api.problems import STATUSES

EFFECT = {"record": "pledge", "id": 7, "key": "leopards", "operation": "update", "version": 3}
CHANGE = {
    "id": 41,
    "at": "2024-01-10T12:00:00+00:00",
    "author": "Anna Lind",
    "comment": "As the ministry corrected it on 12 January",
    "origin": "api",
    "reverts": None,
    "count": 1,
    "effects": [EFFECT],
}
ACT = {
    "version": 3,
    "operation": "update",
    "at": "2024-01-10T12:00:00+00:00",
    "author": "Anna Lind",
    "comment": "As the ministry corrected it on 12 January",
    "change": 41,
}
SUM = {"low": "180", "point": "200", "high": "220", "known": 1, "numbered": 1, "members": 1, "assumed": True}
NONE_YET = {"low": "0", "point": "0", "high": None, "known": 0, "numbered": 0, "members": 1, "assumed": True}
TOTALS = {
    "records": 2,
    "items": [
        {
            "by": None,
            "family": "air-defence",
            "role": "interceptor",
            "unit": "missile",
            "records": 1,
            "pledged": SUM,
            "delivered": NONE_YET,
            "told": 0,
        }
    ],
    "euros": [{"by": None, "worth": {**NONE_YET, "assumed": False}}],
    "left_out": [
        {
            "counting": "umbrella",
            "status": "announced",
            "records": 1,
            "reason": "A joint purchase or statement; its parts stand beneath it and it is never added.",
        }
    ],
}
PLEDGE = examples.pledge_answered()
EXAMPLES: dict[str, Any] = {
    "PledgeFound": PLEDGE,
    "PledgeRead": {"id": 7, "title": PLEDGE["title"]},
    "PledgeListed": examples.listed(),
    "PledgeGiven": examples.given("pledge"),
    "PledgePart": {"title": "Air-defence missiles", "note": None},
    "Quantity": PLEDGE["quantity"],
    "QuantityGiven": {"qualifier": "about", "point": "200"},
    "Amount": examples.answered("package")["total"],
    "AmountGiven": {"qualifier": "up_to", "high": "2500000000", "currency": "GBP"},
    "Value": examples.answered("package")["value"],
    "ValueGiven": {"low": "139400000", "point": "139400000", "high": "139400000", "set_by": "dataset"},
    "Rate": {"currency": "USD", "day": "2024-01-10", "per_euro": "1.0946"},
    "RateGiven": {"currency": "USD", "day": "2024-01-10", "per_euro": "1.0946"},
    "When": PLEDGE["announced"],
    "WhenGiven": {"earliest": "2023-12-29", "latest": "2023-12-29"},
    "Party": PLEDGE["parties"][0],
    "PartyGiven": {"donor": "NL", "role": "funder", "share_kind": "percent", "share": "25"},
    "Milestone": PLEDGE["milestones"][0],
    "MilestoneGiven": {"basis": "complete", "point": "handed_over", "dates": {"latest": "2024-02-01"}},
    "Claim": PLEDGE["claims"][0],
    "ClaimGiven": {"field": "quantity", "source": examples.SOURCE.key, "quantity": {"qualifier": "some"}},
    "Link": PLEDGE["links"][0],
    "LinkGiven": {"kind": "part_of", "to": "example-launchers"},
    "ClaimListed": examples.part("claims"),
    "MilestoneListed": examples.part("milestones"),
    "LinkListed": examples.part("links"),
    "Membership": examples.answered("donor")["memberships"][0],
    "MembershipGiven": {"group": "NATO", "since": "2024-03-07"},
    "Delivered": PLEDGE["delivered"],
    "Worth": PLEDGE["worth"],
    "Names": PLEDGE["names"],
    "Sum": SUM,
    "Totals": TOTALS,
    "Change": CHANGE,
    "Effect": EFFECT,
    "Act": ACT,
    "Row": {"place": 0, "key": "leopards", "result": "updated", "id": 7, "version": 4},
    "Error": {"path": "quantity.point", "detail": "The number is missing.", "value": ""},
    "Problem": {
        "type": "/api/docs#status-404",
        "title": STATUSES[404][0].rstrip("."),
        "status": 404,
        "detail": STATUSES[404][1],
    },
    "EventPart": {"place": "Brussels"},
}


def with_examples(found: dict[str, Any]) -> dict[str, Any]:
    """The schemas, each with its example."""
    told = {"Pledge": _some(PLEDGE, found["Pledge"])}
    for record in examples.RECORDS:
        name, whole = record.capitalize(), examples.answered(record)
        told[f"{name}Found"] = whole
        told[f"{name}Read"] = {"id": 12}
        told[f"{name}Listed"] = _some(whole, found[f"{name}Listed"])
        told[name] = _some(whole, found[name])
        told[f"{name}Given"] = examples.given(record)
        told[f"{name}Part"] = {"note": None} if "note" in found[name]["properties"] else {"aliases": []}
    told |= EXAMPLES
    for name, schema in found.items():
        schema["examples"] = [told[name]]
    return found


def _some(whole: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return {name: whole[name] for name in schema["properties"]}
