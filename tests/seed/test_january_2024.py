"""What both record files owe, and what the typed records of January 2024 say."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

ROLES = {
    "complete_system",
    "launcher",
    "interceptor",
    "gun_ammunition",
    "munition",
    "radar_sensor",
    "command_control",
    "platform",
    "spares_support",
    "training",
    "funding",
}
UNITS = {
    "missile",
    "round",
    "launcher",
    "gun",
    "fire_unit",
    "battery",
    "system",
    "radar",
    "vehicle",
    "aircraft",
    "helicopter",
    "uav",
    "ship",
    "person_trained",
    "tonne",
    "set",
    "other",
}
STATUSES = {
    "signalled",
    "announced",
    "committed",
    "allocated",
    "contracted",
    "in_delivery",
    "delivered",
    "on_hold",
    "cancelled",
    "lapsed",
    "superseded",
}
COUNTINGS = {"counts", "umbrella", "funding", "envelope", "backfill", "replenishment", "reimbursement", "duplicate"}
BENEFICIARIES = {"ukraine", "donor_stock", "third_party", "mixed", "unclear"}
BASES = {
    "donor_stated",
    "contract_price",
    "tracker_estimate",
    "book_value",
    "replacement_cost",
    "budget_line",
    "not_stated",
}
POINTS = {"left_origin", "handed_over", "confirmed", "seen_in_service", "unstated"}
LINKS = {
    "part_of",
    "drawn_from",
    "funds",
    "backfills",
    "replenishes",
    "reimburses",
    "supersedes",
    "restates",
    "ammunition_for",
    "related",
}
FIELDS = {"quantity", "amount", "beneficiary", "system", "announced", "expected", "delivered"}
REASONS = {"unit_error", "currency_error", "typo", "outdated", "superseded", "misattributed", "unsupported"}
SOURCE_KINDS = {
    "official_donor",
    "official_recipient",
    "official_multilateral",
    "parliament",
    "audit_body",
    "company",
    "wire",
    "press",
    "think_tank",
    "dataset",
    "reprint",
    "social",
    "other",
}
BOUNDS = {  # which of low, point, high a qualifier has
    "exact": {"low", "point", "high"},
    "at_least": {"low"},
    "up_to": {"low", "high"},
    "about": {"low", "point", "high"},
    "range": {"low", "high"},
    "estimated": {"point"},
    "order_of_magnitude": set(),
    "some": set(),
    "undisclosed": set(),
}
NAMES = {
    "source": "key url title publisher kind language published_on archive_url accessed_on checked note",
    "event": "slug title kind dates place called_by chaired_by account sources",
    "package": "key donor title announced total event sources note dataset release dataset_key",
    "pledge": (
        "key lead recipient title aid system role unit quantity amount value announced expected counting beneficiary"
        " supplier package event summary note dataset release dataset_key party milestone claim link"
    ),
    "party": "donor role share_kind share currency",
    "milestone": "status basis point quantity dates source note",
    "claim": "field source words quantity amount code dates quote locator rank reason note",
    "link": "kind to note",
}
INNER = ("party", "milestone", "claim", "link")


def numbers(figure):
    return tuple(figure.get(name) for name in ("qualifier", "low", "point", "high", "currency"))


def days(when):
    return when.get("earliest"), when.get("latest")


def said(claim):
    """The value of a claim, in the shape in which `figure` gives that of the record."""
    if claim["field"] in ("quantity", "delivered"):
        return numbers(claim["quantity"])
    if claim["field"] == "amount":
        return numbers(claim["amount"])
    return claim["code"] if claim["field"] in ("beneficiary", "system") else days(claim["dates"])


def figure(pledge, field):
    if field in ("quantity", "amount"):
        return numbers(pledge[field])
    if field in ("beneficiary", "system"):
        return pledge[field]
    return days(pledge[field]) if field != "delivered" else numbers(arrived(pledge))


def arrived(pledge):
    """All the files need of the fold: a whole pledge, a running total, or one increment; nothing told is zero."""
    deliveries = [one for one in pledge["milestone"] if "basis" in one]
    if not deliveries:
        return {"qualifier": "exact", "low": "0", "point": "0", "high": "0"}
    (delivery,) = deliveries
    return pledge["quantity"] if delivery["basis"] == "complete" else delivery["quantity"]


def every_figure(records):
    for pledge in records["pledge"]:
        yield from (pledge[name] for name in ("quantity", "amount") if name in pledge)
        for one in pledge["milestone"] + pledge["claim"]:
            yield from (one[name] for name in ("quantity", "amount") if name in one)
    yield from (package["total"] for package in records["package"] if "total" in package)


def test_records_have_no_field_that_the_schema_lacks(records):
    for name in ("source", "event", "package", "pledge"):
        for row in records.get(name, []):
            assert set(row) <= set(NAMES[name].split()), row
    for pledge in records["pledge"]:
        for name in INNER:
            for row in pledge.get(name, []):
                assert set(row) <= set(NAMES[name].split()), row


def test_keys_are_unique_over_both_files(january, air_defence):
    for name in ("source", "package", "pledge"):
        keys = Counter(row["key"] for one in (january, air_defence) for row in one[name])
        assert [key for key, times in keys.items() if times > 1] == []


def test_one_address_is_one_source(january, air_defence):
    pages = Counter((s.get("archive_url") or s.get("url")) for one in (january, air_defence) for s in one["source"])
    assert [page for page, times in pages.items() if page and times > 1] == []


def test_every_reference_is_found(records, known):
    for event in records.get("event", []):
        assert set(event["sources"]) <= known["source"]
    for package in records["package"]:
        assert package["donor"] in known["donor"]
        assert set(package["sources"]) <= known["source"]
    for pledge in records["pledge"]:
        assert {pledge["lead"], pledge.get("recipient", "UA")} <= known["donor"], pledge["key"]
        for name in ("system", "package", "event"):
            assert name not in pledge or pledge[name] in known[name], pledge["key"]
        assert {party["donor"] for party in pledge.get("party", [])} <= known["donor"]
        assert {one["source"] for one in pledge["milestone"] + pledge["claim"]} <= known["source"], pledge["key"]
        assert {link["to"] for link in pledge.get("link", [])} <= known["pledge"] - {pledge["key"]}
        codes = {claim["code"] for claim in pledge["claim"] if claim["field"] == "system" and "code" in claim}
        assert codes <= known["system"]


def test_every_source_of_the_files_is_used_by_a_record(january, air_defence):
    used = set()
    for one in (january, air_defence):
        for record in one.get("event", []) + one["package"]:
            used |= set(record["sources"])
        for pledge in one["pledge"]:
            used |= {row["source"] for row in pledge["milestone"] + pledge["claim"]}
    assert {source["key"] for one in (january, air_defence) for source in one["source"]} - used == set()


def test_codes_are_those_of_the_design(records):
    for source in records["source"]:
        assert source["kind"] in SOURCE_KINDS and isinstance(source["checked"], bool)
    for pledge in records["pledge"]:
        assert pledge["aid"] in ("military", "financial", "humanitarian")
        assert pledge["role"] in ROLES
        assert pledge["role"] == "funding" or (pledge["unit"] in UNITS and "quantity" in pledge)
        assert pledge["counting"] in COUNTINGS and pledge["beneficiary"] in BENEFICIARIES
        assert "amount" not in pledge or pledge["amount"]["basis"] in BASES
        assert {party["role"] for party in pledge.get("party", [])} <= {"donor", "funder", "procurer", "beneficiary"}
        assert {link["kind"] for link in pledge.get("link", [])} <= LINKS


def test_a_milestone_is_a_status_or_a_delivery(records):
    for pledge in records["pledge"]:
        for milestone in pledge["milestone"]:
            if "status" in milestone:
                assert milestone["status"] in STATUSES and not {"basis", "point", "quantity"} & set(milestone)
            else:
                assert milestone["basis"] in ("increment", "running_total", "complete")
                assert milestone["point"] in POINTS


def test_a_claim_that_is_set_aside_has_a_reason_and_no_other_has(records):
    for pledge in records["pledge"]:
        for claim in pledge["claim"]:
            assert claim["field"] in FIELDS and claim["rank"] in ("preferred", "normal", "deprecated")
            assert ("reason" in claim) == (claim["rank"] == "deprecated")
            assert claim.get("reason") in REASONS | {None}


def test_quotes_are_short(records):
    quotes = [claim["quote"] for pledge in records["pledge"] for claim in pledge["claim"] if "quote" in claim]
    assert all(len(quote) <= 300 for quote in quotes)


def test_figures_follow_the_rule_of_their_qualifier(records):
    for one in every_figure(records):
        assert set(one) & {"low", "point", "high"} == BOUNDS[one["qualifier"]], one
        low, point, high = (Decimal(one[name]) if name in one else None for name in ("low", "point", "high"))
        if one["qualifier"] == "exact":
            assert low == point == high
        if one["qualifier"] == "about":
            assert (low, high) == (point * 9 // 10, -(-point * 11 // 10))
        if one["qualifier"] == "up_to":
            assert low < high


def test_days_are_real_and_in_order(records):
    for record in records["pledge"] + records["package"] + records.get("event", []):
        inner = [one["dates"] for one in record.get("milestone", []) + record.get("claim", []) if "dates" in one]
        outer = [record[name] for name in ("announced", "expected", "dates") if name in record]
        for when in inner + outer:
            assert set(when) <= {"earliest", "latest", "words"}
            ends = [date.fromisoformat(day) for day in days(when) if day]
            assert ends and ends == sorted(ends)


def test_every_preferred_claim_says_the_figure_of_its_record(records):
    for pledge in records["pledge"]:
        for claim in pledge["claim"]:
            if claim["rank"] == "preferred":
                assert said(claim) == figure(pledge, claim["field"]), (pledge["key"], claim["field"])


def test_no_field_has_two_preferred_claims(records):
    for pledge in records["pledge"]:
        preferred = Counter(claim["field"] for claim in pledge["claim"] if claim["rank"] == "preferred")
        assert not preferred or max(preferred.values()) == 1, pledge["key"]


def test_every_typed_figure_has_its_preferred_claim(january):
    for pledge in january["pledge"]:
        preferred = {claim["field"] for claim in pledge["claim"] if claim["rank"] == "preferred"}
        for field in ("quantity", "amount", "announced", "expected"):
            assert field not in pledge or field in preferred, (pledge["key"], field)
        if pledge["beneficiary"] != "ukraine":
            assert "beneficiary" in preferred, pledge["key"]


def test_only_the_six_records_of_the_council_carry_its_event(january, air_defence):
    carrying = {p["key"] for one in (january, air_defence) for p in one["pledge"] if p.get("event") == "nuc-2024-01-10"}
    assert carrying == {
        "jan24-patriot-gem-t-joint-purchase",
        "jan24-patriot-system-germany",
        "jan24-skynex-germany",
        "jan24-iris-t-slm-missiles-germany",
        "jan24-air-defence-missiles-uk",
        "jan24-further-capabilities-2024",
    }


@pytest.fixture(scope="session")
def typed(january):
    return {pledge["key"].removeprefix("jan24-"): pledge for pledge in january["pledge"]}


def test_the_joint_purchase_is_an_umbrella_for_the_buyers_own_stocks(typed):
    purchase = typed["patriot-gem-t-joint-purchase"]
    assert (purchase["lead"], purchase["counting"], purchase["beneficiary"]) == ("NSPA", "umbrella", "donor_stock")
    assert numbers(purchase["quantity"])[:4] == ("up_to", "0", None, "1000")
    buyers = {party["donor"] for party in purchase["party"] if party["role"] == "funder"}
    assert buyers == {"DE", "NL", "RO", "ES"}
    standing = [claim for claim in purchase["claim"] if claim["rank"] != "deprecated"]
    assert {claim["code"] for claim in standing if claim["field"] == "beneficiary"} == {
        "donor_stock",
        "mixed",
        "ukraine",
    }
    prices = {numbers(claim["amount"])[2:] for claim in standing if claim["field"] == "amount"}
    assert prices == {
        ("5500000000", "5500000000", "USD"),
        ("5600000000", "5600000000", "USD"),
        ("5100000000", "5100000000", "EUR"),
    }


def test_its_known_parts_are_linked_and_refill_stocks(typed):
    parts = {
        pledge["lead"]: numbers(pledge["quantity"])[:4]
        for pledge in typed.values()
        if {"kind": "part_of", "to": "jan24-patriot-gem-t-joint-purchase"} in pledge.get("link", [])
    }
    assert parts == {
        "DE": ("up_to", "100", None, "500"),
        "RO": ("exact", "200", "200", "200"),
        "NL": ("undisclosed", None, None, None),
        "ES": ("undisclosed", None, None, None),
    }
    assert {typed[f"patriot-gem-t-{name}"]["counting"] for name in ("germany", "romania", "netherlands", "spain")} == {
        "replenishment"
    }


def test_germany_had_delivered_one_patriot_and_one_of_two_skynex(typed):
    patriot, skynex = typed["patriot-system-germany"], typed["skynex-germany"]
    assert arrived(patriot)["point"] == "1" and patriot["milestone"][-1]["dates"]["latest"] == "2023-12-14"
    assert (skynex["quantity"]["point"], arrived(skynex)["point"]) == ("2", "1")
    assert skynex["milestone"][-1]["dates"]["latest"] == "2024-01-04"


def test_some_iris_t_missiles_had_come_without_a_number(typed):
    missiles = typed["iris-t-slm-missiles-germany"]
    (delivery,) = missiles["milestone"]
    assert delivery["basis"] == "increment" and "quantity" not in delivery
    assert days(missiles["announced"]) == (None, "2024-01-04")


def test_the_british_missiles_are_about_two_hundred(typed):
    missiles = typed["air-defence-missiles-uk"]
    assert numbers(missiles["quantity"])[:4] == ("about", "180", "200", "220")
    assert {claim["words"] for claim in missiles["claim"] if claim["field"] == "quantity"} >= {"about 200", "hundreds"}


def test_the_envelopes_are_related_to_the_words_of_the_council(typed):
    envelopes = {p["lead"]: p for p in typed.values() if p["counting"] == "envelope" and p["lead"] != "NATO"}
    assert {
        lead: (p["amount"].get("low"), p["amount"]["high"], p["amount"]["currency"]) for lead, p in envelopes.items()
    } == {
        "DE": ("0", "8000000000", "EUR"),
        "GB": ("2500000000", "2500000000", "GBP"),
        "LT": ("200000000", "200000000", "EUR"),
        "EE": ("400000000", "400000000", "EUR"),
        "NL": ("2000000000", "2000000000", "EUR"),
        "FR": ("0", "3000000000", "EUR"),
        "SE": ("7100000000", "7100000000", "SEK"),
        "DK": ("1700000000", "1700000000", "DKK"),
    }
    for envelope in envelopes.values():
        assert envelope["link"] == [{"kind": "related", "to": "jan24-further-capabilities-2024"}]


@pytest.mark.parametrize(
    "key, field",
    [
        ("patriot-gem-t-joint-purchase", "beneficiary"),
        ("patriot-gem-t-joint-purchase", "amount"),
        ("skynex-germany", "delivered"),
        ("skynex-germany-2024-02", "quantity"),
        ("envelope-ee", "announced"),
        ("anti-aircraft-latvia", "system"),
    ],
)
def test_what_is_disputed_has_claims_that_differ(typed, key, field):
    standing = [c for c in typed[key]["claim"] if c["field"] == field and c["rank"] != "deprecated"]
    values = {said(claim) for claim in standing}
    if field == "amount":
        values = {value for value in values if value[-1] == "USD"}
    assert len(values) > 1


def test_the_meeting_of_the_council_is_told(january):
    (council,) = [event for event in january["event"] if event["slug"] == "nuc-2024-01-10"]
    assert (council["place"], council["called_by"], council["chaired_by"]) == (
        "Brussels",
        "Ukraine",
        "Jens Stoltenberg",
    )
    for word in ("Oleshchuk", "Serhieiev", "Sweden", "invitee", "North Korea", "Iran", "ambassadors"):
        assert word in council["account"]
