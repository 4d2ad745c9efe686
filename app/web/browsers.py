"""A browser as its owner would know it again, from what it says of itself."""

# The first that is found counts: nearly all of them claim to be some of the others too.
NAMES = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Vivaldi": "Vivaldi",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
    "curl": "curl",
    "python": "Python",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def described(agent: str) -> str:
    """Such as "Firefox, Linux"; "" where it says nothing that is known."""
    found = (next((name for sign, name in known.items() if sign in agent), "") for known in (NAMES, SYSTEMS))
    return ", ".join(part for part in found if part)
