"""How often somebody may write, and read by the API. Counted in memory, by each process for itself."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.domain.codes import N_
from app.web.refusals import TooMany


class Limit:
    """Counts what somebody did in the last minute. 0 a minute: no limit."""

    sentence = N_("That was a lot in one minute. Please try again shortly.")

    def __init__(self, a_minute: int) -> None:
        self.limit = RateLimitItemPerMinute(a_minute) if a_minute else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def count(self, key: str) -> None:
        """Raises TooMany."""
        if self.limit and not self._window.hit(self.limit, key):
            reset = self._window.get_window_stats(self.limit, key).reset_time
            raise TooMany(self.sentence, math.ceil(reset - time.time()))


class Writes(Limit):
    """By account, or by address where there is none."""

    sentence = N_("That was a lot of changes in one minute. Nothing was saved; please try again shortly.")


class Reads(Limit):
    """By address: a script that asks for record after record."""
