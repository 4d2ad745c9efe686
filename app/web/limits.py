"""How often somebody may write. Counted in memory, by each process for itself."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.domain.codes import N_
from app.web.refusals import TooMany


class Writes:
    """Counts writes of the last minute by account, or by address where there is none. 0 a minute: no limit."""

    def __init__(self, a_minute: int) -> None:
        self.limit = RateLimitItemPerMinute(a_minute) if a_minute else None
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def count(self, key: str) -> None:
        """Raises TooMany."""
        if self.limit and not self._window.hit(self.limit, key):
            reset = self._window.get_window_stats(self.limit, key).reset_time
            raise TooMany(
                N_("That was a lot of changes in one minute. Nothing was saved; please try again shortly."),
                math.ceil(reset - time.time()),
            )
