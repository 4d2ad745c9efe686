"""One at a time, in the order of arrival, and nobody waits for ever."""

from collections import deque
from threading import Lock
from time import monotonic


class Turns:
    """A lock that goes from one to the next in the order in which they came. Those of the standard library go to
    whoever wakes up first, so that somebody may wait while others come and go."""

    def __init__(self) -> None:
        self._door = Lock()  # held for a moment, to look at the two below
        self._taken = False
        self._waiting: deque[Lock] = deque()

    def take(self, until: float) -> bool:
        """Waits for the turn; False when it has not come by then, a time of `monotonic`."""
        with self._door:
            if not self._taken:
                self._taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=max(0.0, until - monotonic())):
            return True
        with self._door:
            if mine not in self._waiting:  # it came while we were giving up
                return True
            self._waiting.remove(mine)
            return False

    def pass_on(self) -> None:
        with self._door:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    @property
    def waiting(self) -> int:
        return len(self._waiting)
