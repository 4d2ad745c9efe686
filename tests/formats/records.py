"""Records of every kind, as anybody may have written them: valid ones, at random."""

import string
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from app.domain.claim import Claim, ClaimField, Rank, Reason
from app.domain.currency import CURRENCIES
from app.domain.donor import Donor, DonorGroup, DonorKind, Membership
from app.domain.doubt import Qualifier
from app.domain.event import Event, EventKind
from app.domain.milestone import CountBasis, DeliveryPoint, Milestone, Status
from app.domain.money import Amount, AmountBasis, Rate, Value, ValueSetBy
from app.domain.numerals import LARGEST
from app.domain.package import Package
from app.domain.pledge import (
    AidType,
    Beneficiary,
    Counting,
    Link,
    LinkKind,
    Party,
    PartyRole,
    Pledge,
    ShareKind,
    State,
)
from app.domain.quantity import UNDISCLOSED, quantity
from app.domain.signs import hidden
from app.domain.source import Source, SourceKind
from app.domain.system import Role, System, Unit
from app.domain.when import When

TODAY = date(2024, 6, 1)
seen = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]).filter(lambda sign: not hidden(sign))
lines = st.text(seen, max_size=30).filter(lambda text: not text or text.strip())
areas = st.lists(lines, max_size=3).map("\n".join).filter(lambda text: not text or text.strip())
titles = lines.filter(bool)
keys = st.text(string.ascii_letters + string.digits, min_size=1, max_size=12).map(lambda word: f"k-{word}/1.2")
slugs = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
codes = st.sampled_from(["DE", "NL", "NSPA", "EU", "GB"])
addresses = st.just("https://ministry.example/news/1?x=ü")
numbers = st.decimals(0, 10**12, places=6) | st.integers(0, 5000).map(Decimal) | st.just(LARGEST / 2)
days = st.dates(date(2014, 1, 1), TODAY)
currencies = st.sampled_from(CURRENCIES)


@st.composite
def whens(draw):
    first, last = draw(st.none() | days), draw(st.none() | days)
    if first and last and first > last:
        first, last = last, first
    return When(first, last, draw(lines))


@st.composite
def quantities(draw):
    qualifier = draw(st.sampled_from(Qualifier))
    words, number, more = draw(lines), draw(numbers), draw(numbers)
    low, high = sorted((number, more))
    match qualifier:
        case Qualifier.UP_TO:
            return quantity(qualifier, high, firm=draw(st.none() | st.just(low)), words=words)
        case Qualifier.RANGE:
            ends = draw(st.sampled_from([(low, high), (None, high), (low, None)]))
        case Qualifier.ORDER_OF_MAGNITUDE:
            ends = draw(st.sampled_from([(low, high), (None, high), (None, None)]))
        case Qualifier.SOME | Qualifier.UNDISCLOSED:
            ends = None, None
        case _:
            ends = number, None
    return quantity(qualifier, *ends, words=words)


@st.composite
def amounts(draw):
    told = draw(quantities())
    ends = (told.low, told.point, told.high)
    return Amount(
        told.qualifier, *ends, told.words, currency=draw(currencies), basis=draw(st.sampled_from(AmountBasis))
    )


@st.composite
def values(draw):
    low, point, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    rate = Rate(currency=draw(currencies), day=draw(days), per_euro=draw(numbers.filter(bool)))
    given = draw(st.sampled_from([(low, point, high), (None, point, None), (low, None, None), (None, None, None)]))
    told = dict(zip(("low", "point", "high"), given, strict=True))
    return Value(**told, set_by=draw(st.sampled_from(ValueSetBy)), rate=draw(st.none() | st.just(rate)))


@st.composite
def claims(draw):
    field, rank = draw(st.sampled_from(ClaimField)), draw(st.sampled_from([Rank.NORMAL, Rank.DEPRECATED]))
    slot = {
        ClaimField.QUANTITY: ("quantity", quantities()),
        ClaimField.DELIVERED: ("quantity", quantities()),
        ClaimField.AMOUNT: ("amount", amounts()),
        ClaimField.BENEFICIARY: ("code", st.sampled_from(Beneficiary).map(str)),
        ClaimField.SYSTEM: ("code", slugs),
    }.get(field, ("dates", whens()))
    return Claim(
        field=field,
        source=draw(keys),
        words=draw(lines),
        quote=draw(areas),
        locator=draw(lines),
        rank=rank,
        reason=draw(st.sampled_from(Reason)) if rank is Rank.DEPRECATED else None,
        note=draw(areas),
        **({slot[0]: draw(slot[1])} if draw(st.booleans()) else {}),
    )


@st.composite
def milestones(draw):
    more = {"dates": draw(whens()), "source": draw(st.none() | keys), "note": draw(areas)}
    if draw(st.booleans()):
        return Milestone(status=draw(st.sampled_from(Status)), **more)
    basis, point = draw(st.sampled_from(CountBasis)), draw(st.sampled_from(DeliveryPoint))
    return Milestone(basis=basis, point=point, quantity=draw(quantities()), **more)


@st.composite
def parties(draw):
    """Each with a share so small that together they stay below the whole."""
    kind = draw(st.none() | st.sampled_from(ShareKind))
    share = None if kind is None else draw(st.integers(0, 10).map(Decimal))
    role = draw(st.sampled_from(PartyRole))
    return Party(donor=draw(codes), role=role, share_kind=kind, share=share, currency=draw(st.just("") | currencies))


@st.composite
def pledges(draw):
    role = draw(st.sampled_from(Role))
    pin = draw(st.none() | st.sampled_from(Status))
    return Pledge(
        key=draw(keys),
        lead=draw(codes),
        title=draw(titles),
        state=draw(st.sampled_from(State)),
        recipient=draw(codes),
        aid=draw(st.sampled_from(AidType)),
        system=draw(st.none() | slugs),
        role=role,
        unit=draw(st.sampled_from(Unit)),
        quantity=UNDISCLOSED if role is Role.FUNDING else draw(quantities()),
        amount=draw(st.none() | amounts()),
        value=draw(values()),
        announced=draw(whens()),
        expected=draw(whens()),
        counting=draw(st.sampled_from(Counting)),
        beneficiary=draw(st.sampled_from(Beneficiary)),
        supplier=draw(lines),
        package=draw(st.none() | keys),
        event=draw(st.none() | slugs),
        summary=draw(areas),
        note=draw(areas),
        dataset=draw(lines),
        release=draw(lines),
        dataset_key=draw(lines),
        status_pin=pin,
        status_pin_reason=draw(titles) if pin else "",
        parties=tuple(draw(st.lists(parties(), max_size=3, unique_by=lambda one: one.subject))),
        milestones=tuple(draw(st.lists(milestones(), max_size=2))),
        claims=tuple(draw(st.lists(claims(), max_size=3))),
        links=tuple(draw(st.lists(st.builds(Link, kind=st.sampled_from(LinkKind), to=slugs, note=areas), max_size=2))),
    )


@st.composite
def memberships(draw):
    since, until = sorted((draw(st.dates()), draw(st.dates())))
    since, until = draw(st.sampled_from([(since, until), (None, until), (since, None), (None, None)]))
    return Membership(group=draw(st.sampled_from(DonorGroup)), since=since, until=until)


aliases = st.lists(titles.filter(lambda text: "|" not in text), max_size=3).map(tuple)
sources = st.lists(keys, max_size=2).map(tuple)
RECORDS = {
    "pledge": pledges(),
    "source": st.builds(
        Source,
        key=keys,
        url=addresses,
        title=lines,
        publisher=lines,
        kind=st.sampled_from(SourceKind),
        language=st.sampled_from(["", "de", "uk"]),
        published_on=st.none() | st.dates(max_value=TODAY + timedelta(days=1)),
        archive_url=st.just("") | addresses,
        accessed_on=st.none() | st.dates(max_value=TODAY),
        checked=st.booleans(),
        note=areas,
    ),
    "event": st.builds(
        Event,
        slug=slugs,
        title=titles,
        kind=st.sampled_from(EventKind),
        dates=whens(),
        place=lines,
        called_by=lines,
        chaired_by=lines,
        account=areas,
        sources=sources,
    ),
    "package": st.builds(
        Package,
        key=keys,
        donor=codes,
        title=titles,
        announced=whens(),
        total=st.none() | amounts(),
        value=values(),
        event=st.none() | slugs,
        note=areas,
        dataset=lines,
        release=lines,
        dataset_key=lines,
        sources=sources,
    ),
    "donor": st.builds(
        Donor,
        code=codes,
        slug=slugs,
        name=titles,
        name_de=lines,
        name_uk=lines,
        kind=st.sampled_from(DonorKind),
        aliases=aliases,
        memberships=st.lists(memberships(), max_size=3, unique_by=lambda one: one.group).map(tuple),
    ),
    "system": st.builds(
        System,
        code=st.sampled_from(["AD", "AD.LR", "AD.LR.PATRIOT", "AD.LR.PATRIOT.GEMT"]),
        slug=slugs,
        name=titles,
        name_de=lines,
        name_uk=lines,
        aliases=aliases,
        range_band=lines,
        effector=lines,
        default_role=st.none() | st.sampled_from(Role),
        default_unit=st.none() | st.sampled_from(Unit),
        maker=lines,
        origin=lines,
        note=areas,
        source_url=st.just("") | addresses,
    ),
}
