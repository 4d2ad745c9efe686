"""What every page owes its readers; the client of the tests checks it on each answer."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SELF_LABELLED = {"hidden", "submit", "button", "reset", "image"}
REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "for",
    "list",
    "form",
)
HEADERS = {
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "",
}
VARY = {"hx-request", "hx-request-type"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    children: list["Element"] = field(default_factory=list)
    own_text: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    def within(self, tag: str) -> bool:
        return self.parent is not None and (self.parent.tag == tag or self.parent.within(tag))

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str:
        return " ".join([*self.own_text, *(child.text for child in self.children)]).strip()

    @property
    def name(self) -> str:
        """What a screen reader would call it, roughly."""
        inside = [one["aria-label"] or one["alt"] for one in self.walk()]
        return (self.text + " ".join(inside) + self["aria-labelledby"] + self["title"]).strip()

    def __str__(self) -> str:
        told = "".join(f' {name}="{value}"' for name, value in list(self.attributes.items())[:4])
        return f"<{self.tag}{told}>"


class Page(HTMLParser):
    """A page as a tree, made without mending it: a tag that closes nothing is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.faults: list[str] = []
        self.doctype = ""
        self._at = self.root
        self.feed(text)
        self.close()
        if self._at is not self.root:
            self.faults.append(f"{self._at} is never closed")
        self.elements = list(self.root.walk())[1:]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name, times in Counter(names).items() if times > 1]
        one = Element(tag, {name: value or "" for name, value in attrs}, self._at)
        self._at.children.append(one)
        if tag not in VOID:
            self._at = one

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._at = self._at.parent

    def handle_endtag(self, tag):
        if tag == self._at.tag:
            self._at = self._at.parent
        elif tag not in VOID:
            self.faults.append(f"</{tag}> closes {self._at}, line {self.getpos()[0]}")

    def handle_data(self, data):
        if data.strip():
            self._at.own_text.append(data.strip())

    def handle_decl(self, decl):
        self.doctype = decl.lower()

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.elements if one.tag in tags]

    def links(self, base: str) -> set[str]:
        """The addresses on our own host, without what follows the #."""
        found = set()
        for one in self.elements:
            for name in ("href", "src", "action"):
                address = urljoin(base, one[name]) if one.has(name) else ""
                if address.startswith("http") and urlsplit(address).netloc == urlsplit(base).netloc:
                    found.add(address.partition("#")[0])
        return found


def faults_of(text: str, *, whole: bool = True) -> list[str]:
    """What a page, or a fragment of one, owes and does not give."""
    page = Page(text)
    found = [*page.faults, *_ids(page), *_nothing_inline(page), *_names(page)]
    if whole:
        found += [*_frame(page), *_headings(page), *_references(page)]
    return found


def faults_of_headers(headers, *, status: int = 200) -> list[str]:
    found = [
        f"the header {name} lacks {value!r}" for name, value in HEADERS.items() if value not in headers.get(name, "")
    ]
    found += [f"there is no header {name}" for name in HEADERS if name not in headers]
    vary = {one.strip().lower() for one in headers.get("vary", "").split(",")}
    if status == 200 and not vary >= VARY:
        found.append(f"Vary lacks {', '.join(sorted(VARY - vary))}")
    return found


def _frame(page: Page) -> list[str]:
    found = [] if page.doctype == "doctype html" else ["no <!doctype html>"]
    html = page.all("html")
    if not html or not html[0]["lang"]:
        found.append("the page does not say its language")
    titles = [one.text for one in page.all("title") if not one.within("svg")]
    if len(titles) != 1 or not titles[0]:
        found.append(f"one title is owed, not {titles}")
    for tag in ("main", "h1"):
        if len(page.all(tag)) != 1:
            found.append(f"one <{tag}> is owed, not {len(page.all(tag))}")
    if not any(one["name"] == "viewport" for one in page.all("meta")):
        found.append("no viewport for small screens")
    return found


def _headings(page: Page) -> list[str]:
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    return [
        f"a heading of level {b} follows one of level {a}"
        for a, b in zip(levels, levels[1:], strict=False)
        if b > a + 1
    ]


def _ids(page: Page) -> list[str]:
    times = Counter(one["id"] for one in page.elements if one.has("id"))
    return [f"the id {name!r} stands {number} times" for name, number in times.items() if number > 1 or not name]


def _references(page: Page) -> list[str]:
    ids = {one["id"] for one in page.elements if one.has("id")}
    found = [
        f"{one}: {name} names {missing}, which is not there"
        for one in page.elements
        for name in REFERENCES
        for missing in set(one[name].split()) - ids
    ]
    return found + [
        f"{one} leads to nothing on the page"
        for one in page.all("a", "use")
        if one["href"].startswith("#") and one["href"] not in ("#", "#top") and one["href"][1:] not in ids
    ]


def _nothing_inline(page: Page) -> list[str]:
    found = [f"{one} has a style attribute" for one in page.elements if one.has("style")]
    found += [f"{one} is inline" for one in page.all("style")]
    found += [
        f"{one} is inline"
        for one in page.all("script")
        if not one["src"] and one["type"] not in ("application/json", "application/ld+json")
    ]
    return found + [
        f"{one} has the handler {name}"
        for one in page.elements
        for name, value in one.attributes.items()
        if name.startswith(("on", "hx-on")) or value.strip().lower().startswith(("javascript:", "js:"))
    ]


def _names(page: Page) -> list[str]:
    labels = {one["for"] for one in page.all("label") if one.text}
    found = [
        f"{one} has no label"
        for one in page.all("input", "select", "textarea")
        if one["type"] not in SELF_LABELLED
        and not (one["aria-label"] or one["aria-labelledby"] or one["id"] in labels or one.within("label"))
    ]
    found += [f"{one} has no text" for one in page.all("a") if one.has("href") and not one.name]
    found += [f"{one} has no text" for one in page.all("button") if not one.name]
    found += [f"{one} has no alt" for one in page.all("img") if not one.has("alt")]
    return found + [
        f"{one} opens nothing that says where" for one in page.all("a") if one["target"] == "_blank" and not one["rel"]
    ]
