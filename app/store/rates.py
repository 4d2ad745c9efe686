"""Euro reference rates of the European Central Bank, from the package CurrencyConverter, without a network."""

from datetime import date
from decimal import Decimal
from functools import cache

from currency_converter import CurrencyConverter

from app.domain.money import Rate
from app.domain.when import When, business_days_back


def rate_for(currency: str, announced: When) -> Rate | None:
    """The rate of the day announced: of the last day where only a month or a year is known, of the last earlier
    business day where there is none. None for an undated pledge and for currencies that the ECB does not quote."""
    if announced.latest is None or currency == "EUR":
        return None
    return _rate(currency, announced.latest)


@cache
def _rate(currency: str, day: date) -> Rate | None:
    known = _converter()._rates
    rates = known.get(currency) if known else None
    if rates is None:
        return None
    for earlier in business_days_back(day):
        found = rates.get(earlier)
        if found is not None:
            return Rate(currency=currency, day=earlier, per_euro=Decimal(str(found)))
    return None


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(decimal=True)
