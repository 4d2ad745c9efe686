"""Makes air_defence.json and left_out.csv from the air-defence lines of the Ukraine Support Tracker, release 17.

    python3 seed/make_air_defence.py FOLDER

FOLDER holds air_defence_facts.csv; pledges_facts.csv (all lines of the release) stands there or one level above.
README.md says by which rules; what is typed by hand stands in the tables below and in the other files of this folder.
"""

import csv
import hashlib
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from app.formats.support_tracker.titles import TITLES  # noqa: E402

DATASET = {"dataset": "Ukraine Support Tracker, Kiel Institute", "release": "17"}
LAST_DAY = date(2024, 6, 28)  # of the release
EUROS_PER_DOLLAR = Decimal("0.929454410261177")  # the one rate of the release, on 196 lines
LOCATOR = "as recorded in the dataset named"
OFFICIAL = {"official_donor", "official_recipient", "official_multilateral", "parliament", "audit_body"}

SAME = {  # lines that tell of a pledge typed in january_2024.toml
    "KIEL17-CAM13-001": ["jan24-nasams-canada"],
    "KIEL17-DEM1-291": ["jan24-patriot-system-germany"],
    "KIEL17-DEM1-305": ["jan24-iris-t-slm-systems-germany"],
    "KIEL17-DEM1-307": ["jan24-skynex-germany"],
    "KIEL17-DEM1-331": ["jan24-skynex-germany-2024-02"],
    "KIEL17-LTM22-001": ["jan24-nasams-launchers-lithuania"],
    "KIEL17-NOM10-017": ["jan24-nasams-launchers-norway", "jan24-nasams-fire-direction-norway"],
    "KIEL17-SEM21-001": ["jan24-rbs-70-sweden"],
    "KIEL17-USM8-332": ["jan24-us-nasams-munitions-2023-11-03"],
    "KIEL17-USM8-345": ["jan24-us-stinger-2023-11-20"],
    "KIEL17-USM8-357": ["jan24-us-aim-9-2023-12-06"],
    "KIEL17-USM8-359": ["jan24-us-aim-7-2023-12-06"],
    "KIEL17-USM8-369": ["jan24-us-aim-9-2023-12-12"],
    "KIEL17-USM8-380": ["jan24-us-nasams-munitions-2023-12-27"],
    "KIEL17-USM8-381": ["jan24-us-stinger-2023-12-27"],
}

INSTEAD = {  # what a single line is, where its item says something else
    "KIEL17-USM11-018": {"role": "spares_support", "unit": "other", "title": "HAWK upkeep, possible sale"},
}

NOTES = {
    "KIEL17-CZM17-003": "The dataset says portable; Strela-10 vehicles may be meant.",
    "KIEL17-ESM11-001": "The dataset says systems; launchers may be meant.",
    "KIEL17-ESM12-001": "The dataset says systems; launchers may be meant.",
    "KIEL17-FRM9-001": "The dataset says missiles; the system itself may be meant.",
    "KIEL17-LVM1-002": "The dataset's 1 stands for the whole Stinger share of a package, not for one launcher.",
    "KIEL17-UKM12-014": "The type is not named; the donor spoke of strike and air-defence missiles together.",
    "KIEL17-USM11-014": "A possible sale told to Congress.",
    "KIEL17-USM11-015": "A possible sale told to Congress.",
    "KIEL17-USM11-018": "A possible sale told to Congress: upkeep and upgrade, no new system.",
}

LEFT_OUT: dict[str, str] = {}  # source_id -> reason; none in this release

FOLLOWERS = re.compile(r"[?&](fbclid|ref_src|ref_url|extid|ab_channel)=[^&]*")  # tell of the visitor, not of the page
PATH_LANGUAGES = {
    "en": "en",
    "eng": "en",
    "breg-en": "en",
    "english": "en",
    "de": "de",
    "da": "da",
    "et": "et",
    "lv": "lv",
}


def main(folder: Path) -> None:
    lines = rows(folder / "air_defence_facts.csv")
    beside = folder / "pledges_facts.csv"
    groups = defaultdict(list)
    for line in rows(beside if beside.exists() else folder.parent / "pledges_facts.csv"):
        groups[group_of(line)].append(line)
    whole = {line["source_id"]: line for group in groups.values() for line in group}

    kept = [whole[line["source_id"]] for line in lines if line["source_id"] not in LEFT_OUT]
    made = Seed(groups, kept)
    for line in kept:
        made.add(line)
    made.name_packages()
    check(lines, made)

    tables = {"source": made.sources, "package": made.packages, "pledge": made.pledges}
    written = {name: [table[key] for key in sorted(table)] for name, table in tables.items()}
    (HERE / "air_defence.json").write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    with (HERE / "left_out.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("source_id", "reason"), *sorted(LEFT_OUT.items())])
    counts = ", ".join(f"{len(table)} {name}s" for name, table in tables.items())
    print(f"{counts}, {len(LEFT_OUT)} left out; values of lines: {dict(sorted(made.owners.items()))}")


class Seed:
    """The records made so far, by key."""

    def __init__(self, groups, kept):
        self.groups = groups
        self.ours = Counter(group_of(line) for line in kept)
        self.donors = {
            alias: row for row in rows(HERE / "donors.csv") for alias in [row["code"], *row["aliases"].split("|")]
        }
        self.items = {folded(row["item"]): row for row in rows(HERE / "item_map.csv")}
        self.publishers = {row["host"]: row for row in rows(HERE / "publishers.csv")}
        typed = tomllib.loads((HERE / "january_2024.toml").read_text(encoding="utf-8"))
        self.typed_sources = {row.get("archive_url") or row["url"]: row for row in typed["source"] if "url" in row}
        self.typed_packages = {row["dataset_key"]: row["key"] for row in typed["package"] if "dataset_key" in row}
        self.sources, self.packages, self.pledges = {}, {}, {}
        self.owners = Counter()

    def add(self, line):
        key = line["source_id"]
        kind = {**self.items[folded(line["item"])], **INSTEAD.get(key, {})}
        told_in = [self.source(address) for address in addresses(line["source_urls"])]
        arrived_in = [
            self.source(address) for address in addresses(line["delivery_source_urls"]) if line["units_delivered"]
        ]
        preferred = next((source for source in told_in if source["kind"] in OFFICIAL), told_in[0])
        quantity = number(line["units_committed"], line["units_committed_as_given"])
        when = announced(line)
        pledge = {
            "key": f"kiel-17/{key}",
            "lead": self.donors[line["donor_code"]]["code"],
            "title": kind.get("title") or TITLE[folded(line["item"])],
            "aid": "military",
            "system": kind["system"],
            "role": kind["role"],
            "unit": kind["unit"],
            "quantity": quantity,
            "announced": when,
            "counting": "duplicate" if key in SAME else "counts",
            "beneficiary": "ukraine",
            **DATASET,
            "dataset_key": key,
        }
        money = self.money(line)
        pledge |= money
        notes = [
            NOTES.get(key),
            f"Initiative: {line['initiative']}." if line["initiative"] else None,
            at_odds(line, money),
        ]
        if any(notes):
            pledge["note"] = " ".join(note for note in notes if note)

        pledge["milestone"] = [{"status": "allocated", "dates": when, "source": told_in[0]["key"]}]
        pledge["claim"] = [
            {
                "field": "quantity",
                "source": source["key"],
                "words": quantity["words"],
                "quantity": quantity,
                "locator": LOCATOR,
                "rank": "preferred" if source is preferred else "normal",
            }
            for source in told_in
        ]
        if "amount" in money:
            amount = {name: value for name, value in money["amount"].items() if name not in ("basis", "words")}
            pledge["claim"].append(
                {
                    "field": "amount",
                    "source": preferred["key"],
                    "amount": amount,
                    "locator": LOCATOR,
                    "rank": "preferred",
                }
            )
        if line["units_delivered"]:
            delivered = number(line["units_delivered"], line["units_delivered_as_given"])
            dates = {"latest": LAST_DAY.isoformat(), "words": "by 28 June 2024"}
            if "earliest" in when:
                dates = {"earliest": when["earliest"], **dates}
            pledge["milestone"].append(
                {
                    "basis": "running_total",
                    "point": "unstated",
                    "quantity": delivered,
                    "dates": dates,
                    "source": (arrived_in or told_in)[0]["key"],
                }
            )
            pledge["claim"] += [
                {
                    "field": "delivered",
                    "source": source["key"],
                    "words": delivered["words"],
                    "quantity": delivered,
                    "locator": LOCATOR,
                    "rank": "preferred" if source is arrived_in[0] else "normal",
                }
                for source in arrived_in
            ]
        if key in SAME:
            pledge["link"] = [{"kind": "restates", "to": to} for to in SAME[key]]
        self.pledges[pledge["key"]] = pledge
        self.into_package(line, pledge, {source["key"] for source in told_in})

    def money(self, line):
        """Value and amount where they are the line's own and not those of its package."""
        owner = owner_of_value(line, self.groups[group_of(line)])
        if line["value_eur_allocated"]:
            self.owners[owner] += 1
        money = {}
        if owner in ("only line", "own sum") and re.fullmatch(r"\d+", line["value_as_given"]):
            sum_given, currency = line["value_as_given"], line["currency"]
            money["amount"] = {
                **exact(sum_given),
                "currency": currency,
                "basis": "donor_stated",
                "words": as_words(sum_given, currency),
            }
        if owner != "package" and line["value_eur_allocated"]:
            euros = line["value_eur_allocated"]
            money["value"] = {"low": euros, "point": euros, "high": euros, "set_by": "dataset"}
        return money

    def into_package(self, line, pledge, sources):
        """A package stands where several lines are ours, or where money belongs to more than the line."""
        group, name = self.groups[group_of(line)], "/".join(group_of(line))
        if name in self.typed_packages:
            pledge["package"] = self.typed_packages[name]
            return
        with_money = any(other["value_as_given"] or other["value_eur_allocated"] for other in group)
        if len(group) == 1 or (self.ours[group_of(line)] == 1 and ("value" in pledge or not with_money)):
            return
        key = pledge["package"] = f"kiel-17/{name}"
        package = self.packages.setdefault(
            key,
            {
                "key": key,
                "donor": pledge["lead"],
                "title": f"{self.donors[pledge['lead']]['name_en']} package {day_in_words(line)}",
                "announced": pledge["announced"],
                **total_of(group),
                "sources": [],
                **DATASET,
                "dataset_key": name,
            },
        )
        package["sources"] = sorted({*package["sources"], *sources})

    def name_packages(self):
        """Two packages of one donor and day are told apart by the dataset's name of the activity."""
        titles = Counter(package["title"] for package in self.packages.values())
        for package in self.packages.values():
            if titles[package["title"]] > 1:
                package["title"] += f" ({package['dataset_key'].split('/')[0]})"

    def source(self, address):
        """The source of an address: one typed in january_2024.toml, else one of ours."""
        if address in self.typed_sources:
            return self.typed_sources[address]
        url = re.sub(r"^https?://web\.archive\.org/web/[^/]+/", "", address)
        host = urlsplit(url).netloc.removeprefix("www.")
        publisher = self.publishers[host]
        hashed = hashlib.sha256(address.encode()).hexdigest()[:8]
        source = {
            "key": f"{host}-{hashed}",
            "url": url,
            "publisher": publisher["publisher"],
            "kind": publisher["kind"],
            "checked": False,
        }
        language = next((PATH_LANGUAGES[part] for part in urlsplit(url).path.split("/") if part in PATH_LANGUAGES), "")
        if language or publisher["language"]:
            source["language"] = language or publisher["language"]
        if url != address:
            source["archive_url"] = address
        if self.sources.setdefault(source["key"], source) != source:
            raise ValueError(f"Two addresses have the key {source['key']}.")
        return source


def owner_of_value(line, group):
    """Whose the line's money is: of the "only line" of its group, of the line by its "own sum" or its "price", or of
    the "package"."""
    if len(group) == 1:
        return "only line"
    siblings = [other for other in group if other is not line]
    shared = line["value_as_given"] and any(other["value_as_given"] == line["value_as_given"] for other in siblings)
    euros = Decimal(line["value_eur_allocated"] or 0)
    if not euros or shared:
        return "package"
    if line["value_as_given"] and any(other["value_eur_allocated"] for other in siblings):
        return "own sum"
    alone = estimate(line)
    together = sum(map(estimate, group))
    if alone and abs(euros / alone - 1) <= Decimal("0.02") and abs(euros - alone) <= abs(euros - together):
        return "price"
    return "package"


def estimate(line):
    """Units times the dataset's price of one, in euros; 0 where either is unknown."""
    try:
        return Decimal(line["units_committed"]) * Decimal(line["unit_price_usd"]) * EUROS_PER_DOLLAR
    except ArithmeticError:
        return Decimal(0)


def total_of(group):
    """The sum stated on every line, if it is one and whole, and the euros of all lines."""
    given = {(line["value_as_given"], line["currency"] if line["value_as_given"] else "") for line in group}
    total, note = {"qualifier": "undisclosed"}, {}
    sum_given, currency = max(given)
    if len(given) == 1 and re.fullmatch(r"\d+", sum_given):
        total = {**exact(sum_given), "currency": currency, "words": as_words(sum_given, currency)}
    elif len(given) > 1:
        note = {"note": "The sums stated differ from line to line of the dataset."}
    each = [Decimal(line["value_eur_allocated"]) for line in group if line["value_eur_allocated"]]
    euros = sum(each)
    if len(each) > 1 and len(set(each)) == 1 and "point" in total and not unlike(total["point"], currency, each[0]):
        euros, note = each[0], {"note": f"The dataset has these euros on {len(each)} lines; they stand here once."}
    if euros:
        total |= {"value_eur": f"{euros:f}", "value_set_by": "dataset"}
    if unlike(total.get("point"), total.get("currency"), euros):
        note = {"note": "The dataset's euros are not the stated sum converted."}
    return ({"total": total} if len(total) > 1 else {}) | note


def at_odds(line, money):
    if "amount" in money and unlike(
        line["value_as_given"], line["currency"], Decimal(line["value_eur_allocated"] or 0)
    ):
        return "The dataset's euros are not the stated sum converted."
    return None


def unlike(sum_given, currency, euros):
    """Whether euros and a sum in euros or dollars are more than 2 per cent apart."""
    rate = {"EUR": Decimal(1), "USD": EUROS_PER_DOLLAR}.get(currency)
    return bool(rate and sum_given and euros) and abs(euros / (Decimal(sum_given) * rate) - 1) > Decimal("0.02")


def addresses(cell):
    """The addresses of a cell, each once; a second http inside one is another address, unless an archive holds it."""
    found = [
        FOLLOWERS.sub("", urldefrag(piece.strip()).url)
        for part in cell.split("|")
        for piece in re.split(r"(?<!/)(?=https?://)", part)
        if piece.strip()
    ]
    return list(dict.fromkeys(found))


def number(units, words):
    """A lone dot stands in the dataset where nothing is counted."""
    return {
        **(exact(units) if units else {"qualifier": "undisclosed"}),
        "words": "not given" if words == "." else words,
    }


def as_words(sum_given, currency):
    return f"{currency} {int(sum_given):,}"


def exact(figure):
    return {"qualifier": "exact", "low": figure, "point": figure, "high": figure}


def announced(line):
    when = {"earliest": line["date_from"], "latest": line["date_to"]}
    when = {name: day for name, day in when.items() if day}
    return when if line["date_precision"] == "day" else {**when, "words": line["date_as_given"]}


def day_in_words(line):
    day = date.fromisoformat(line["date_to"])
    return f"{'of' if line['date_precision'] == 'day' else 'until'} {day.day} {day:%B %Y}"


def group_of(line):
    return line["activity_id"], line["announcement_date"] or line["date_to"]


def folded(text):
    return " ".join(text.split()).casefold()


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


TITLE = {folded(item): title for item, title in TITLES.items()}


def check(lines, made):
    """Nothing is lost: every line is a pledge or left out, and units add up as before by donor and family."""
    codes = {row["slug"]: row["code"] for row in rows(HERE / "systems.csv")}
    before, after = Counter(), Counter()
    for line in lines:
        if line["source_id"] not in LEFT_OUT:
            code = codes[made.items[folded(line["item"])]["system"]]
            who = made.donors[line["donor_code"]]["code"], ".".join(code.split(".")[:3])
            before[(*who, "committed")] += Decimal(line["units_committed"] or 0)
            before[(*who, "delivered")] += Decimal(line["units_delivered"] or 0)
    for pledge in made.pledges.values():
        who = pledge["lead"], ".".join(codes[pledge["system"]].split(".")[:3])
        after[(*who, "committed")] += Decimal(pledge["quantity"].get("point", 0))
        for milestone in pledge["milestone"]:
            after[(*who, "delivered")] += Decimal(milestone.get("quantity", {}).get("point", 0))
    assert +before == +after, (before - after, after - before)
    assert len(made.pledges) + len(LEFT_OUT) == len(lines)
    assert len(LEFT_OUT) <= 0.05 * len(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
