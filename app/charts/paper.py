"""A sheet to draw on: SVG with literal colours, px only, text that was measured. Escaping is ElementTree's."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.charts import letters
from app.charts.keys import KeyEntry
from app.charts.marks import OPEN_PX, Piece

SVG = "http://www.w3.org/2000/svg"
MARGIN = 24


@dataclass(frozen=True)
class Colours:
    """The tokens of the pages, as literals: a file has no style sheet."""

    paper: str
    surface: str
    ink: str
    ink_2: str
    hairline: str
    strong: str
    delivered: str
    pledged: str
    pledged_edge: str
    uncounted: str
    uncounted_edge: str
    disputed: str
    steps: tuple[str, str, str, str, str]


LIGHT = Colours(
    paper="#f5f3ee",
    surface="#ffffff",
    ink="#16181d",
    ink_2="#474b54",
    hairline="#ddd9cf",
    strong="#16181d",
    delivered="#0d478a",
    pledged="#c3d9f1",
    pledged_edge="#3f78b5",
    uncounted="#e6e3db",
    uncounted_edge="#7c7a72",
    disputed="#7d1f66",
    steps=("#d3e4f5", "#abcbea", "#70a2d4", "#3873b3", "#0d478a"),
)
DARK = Colours(
    paper="#121418",
    surface="#1a1d22",
    ink="#eceae4",
    ink_2="#bbbab4",
    hairline="#30343b",
    strong="#a9a8a2",
    delivered="#82bbf7",
    pledged="#24456a",
    pledged_edge="#6a9dd6",
    uncounted="#2b2f35",
    uncounted_edge="#8a8e94",
    disputed="#f1bce0",
    steps=("#1f3550", "#2a4c74", "#3c70a9", "#5b97d6", "#93c5fa"),
)


class Sheet:
    """`y` is where the next thing goes; what is drawn moves it on by itself only in `lines`."""

    def __init__(self, width: int, colours: Colours) -> None:
        self.width, self.colours, self.y = width, colours, 0.0
        self.root = Element("svg", {"xmlns": SVG, "width": str(width), "font-family": letters.STACK})
        self.paints = _paints(colours)

    def begin(self, title: str, description: str) -> None:
        SubElement(self.root, "title").text = title
        SubElement(self.root, "desc").text = description
        self.root.append(_patterns(self.colours))
        self.ground = SubElement(self.root, "rect", {"width": "100%", "fill": self.colours.paper})

    def end(self) -> str:
        height = f"{self.y:.0f}"
        self.root.set("height", height)
        self.root.set("viewBox", f"0 0 {self.width} {height}")
        self.root.set("role", "img")
        self.ground.set("height", height)
        indent(self.root)
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(self.root, encoding="unicode") + "\n"

    def add(self, tag: str, into: Element | None = None, **attributes: object) -> Element:
        named = {name.rstrip("_").replace("_", "-"): _short(value) for name, value in attributes.items()}
        return SubElement(self.root if into is None else into, tag, named)

    def text(
        self, x: float, y: float, text: str, size: float = 13, *, bold: bool = False, colour: str = "", anchor: str = ""
    ) -> Element:
        """One line; `x` is its start, middle or end, as the anchor says."""
        element = self.add("text", x=x, y=y, font_size=size, fill=colour or self.colours.ink)
        if bold:
            element.set("font-weight", "700")
        if anchor and anchor != "start":
            element.set("text-anchor", anchor)
        element.text = text
        return element

    def lines(
        self, x: float, text: str, room: float, size: float, *, bold: bool = False, colour: str = "", lead: float = 1.35
    ) -> None:
        for line in letters.wrap(text, room, size, bold=bold):
            self.y += size * lead
            self.text(x, self.y, line, size, bold=bold, colour=colour)

    def rule(self, x1: float, x2: float, y: float, colour: str = "") -> None:
        self.add("line", x1=x1, x2=x2, y1=y, y2=y, stroke=colour or self.colours.hairline)

    def upright(self, x: float, y1: float, y2: float, colour: str) -> None:
        self.add("line", x1=x, x2=x, y1=y1, y2=y2, stroke=colour)

    def block(
        self,
        kind: str,
        x: float,
        y: float,
        width: float,
        height: float,
        into: Element | None = None,
        *,
        edge: bool = True,
    ) -> None:
        """A rectangle of a mark. What has no end keeps its open side, the right one, without an edge."""
        paint = self.paints[kind] if edge else {"fill": self.paints[kind]["fill"]}
        self.add("rect", into, x=x, y=y, width=max(width, 0), height=height, **paint)
        if edge and kind in ("open", "none", "uncopen", "uncnone"):
            stroke = self.colours.pledged_edge if kind in ("open", "none") else self.colours.uncounted_edge
            closed = "none" in kind
            start = f"M{_short(x + width)} {_short(y)}H{_short(x)}"
            turn = "V" if closed else "M" + _short(x) + " "
            path = f"{start}{turn}{_short(y + height)}H{_short(x + width)}"
            self.add("path", into, d=path, fill="none", stroke=stroke)

    def piece(self, piece: Piece, x: float, y: float, room: float, into: Element | None = None) -> None:
        """A piece of a bar that is `room` px long, its upper left corner at x, y."""
        left = x + piece.at / 100 * room
        if piece.kind == "point":
            colour = self.colours.ink
            self.add("line", into, x1=left, x2=left, y1=y, y2=y + piece.height, stroke=colour, stroke_width=2)
            return
        width = piece.px or piece.width / 100 * room
        self.block(piece.kind, left, y + piece.y, width, piece.height, into)

    def swatch(self, kind: str, x: float, y: float) -> None:
        """A mark of the key, 22 by 12."""
        if kind == "deliv":
            self.block(kind, x, y + 3, 22, 6)
        elif kind == "point":
            self.block("doubt", x + 0.5, y + 0.5, 21, 11)
            self.piece(Piece("point", 50, 0, 12), x, y, 22)
        else:
            self.block(kind, x + 0.5, y + 0.5, OPEN_PX - 1, 11)

    def key(self, entries: tuple[KeyEntry, ...]) -> None:
        """As many to a line as fit."""
        x: float = MARGIN
        for entry in entries:
            needed = 22 + 6 + letters.width(entry.text, 12)
            if x > MARGIN and x + needed > self.width - MARGIN:
                x, self.y = MARGIN, self.y + 20
            self.swatch(entry.kind, x, self.y)
            self.text(x + 28, self.y + 10, entry.text, 12, colour=self.colours.ink_2)
            x += needed + 18
        if entries:
            self.y += 26

    def link(self, href: str, name: str) -> Element:
        """A mark that leads to its records; its title is what a pointer shows."""
        holder = self.add("a", href=href) if href else self.add("g")
        SubElement(holder, "title").text = name
        return holder


def _paints(colours: Colours) -> dict[str, dict[str, str]]:
    edge = {"stroke": colours.pledged_edge}
    grey = {"stroke": colours.uncounted_edge, "stroke_dasharray": "2 2"}
    paints = {
        "deliv": {"fill": colours.delivered},
        "pledge": {"fill": colours.pledged, **edge},
        "doubt": {"fill": "url(#hatch)", **edge},
        "open": {"fill": "url(#hatch)"},
        "none": {"fill": "url(#hatch)"},
        "delopen": {"fill": "url(#hatch-del)"},
        "disp": {"fill": "url(#hatch-disp)", "stroke": colours.disputed},
        "unc": {"fill": "url(#hatch-grey)", **grey},
        "uncfirm": {"fill": colours.uncounted, **grey},
        "uncopen": {"fill": "url(#hatch-grey)"},
        "uncnone": {"fill": "url(#hatch-grey)"},
        "land": {"fill": colours.uncounted, "stroke": colours.paper, "stroke_width": "0.7"},
        "recipient": {"fill": colours.surface, "stroke": colours.ink, "stroke_width": "1.2"},
        "c0": {"fill": "url(#hatch)", "stroke": colours.pledged_edge, "stroke_width": "0.7"},
    }
    for number, step in enumerate(colours.steps, 1):
        outline = colours.pledged_edge if number < 3 else colours.paper
        paints[f"c{number}"] = {"fill": step, "stroke": outline, "stroke_width": "0.7"}
    return paints


def _patterns(colours: Colours) -> Element:
    """Lines at 45 degrees, 5 px apart; disputed the other way; delivered without a ground."""
    defs = Element("defs")
    hatches = (
        ("hatch", 5, 45, colours.pledged_edge, 1.25, colours.surface),
        ("hatch-grey", 5, 45, colours.uncounted_edge, 1, colours.surface),
        ("hatch-disp", 5, -45, colours.disputed, 1.25, colours.surface),
        ("hatch-del", 4, 45, colours.delivered, 1.75, ""),
    )
    for name, side, turn, colour, thick, ground in hatches:
        pattern = SubElement(defs, "pattern", {"id": name, "width": str(side), "height": str(side)})
        pattern.set("patternUnits", "userSpaceOnUse")
        pattern.set("patternTransform", f"rotate({turn})")
        if ground:
            SubElement(pattern, "rect", {"width": str(side), "height": str(side), "fill": ground})
        SubElement(
            pattern,
            "line",
            {"x1": "1", "x2": "1", "y1": "0", "y2": str(side), "stroke": colour, "stroke-width": str(thick)},
        )
    return defs


def _short(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
