import pytest

from tests.brute import Brute


@pytest.fixture(scope="session")
def brute(seed):
    """The same questions, answered the slow way."""
    return Brute(seed)
