"""Styles and scripts in one file each, named by what is in them and compressed once, at start."""

import gzip
import re
from dataclasses import dataclass
from hashlib import sha256
from os import PathLike, stat_result
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

FOREVER = "public, max-age=31536000, immutable"
DAY = "public, max-age=86400"
# One file each. The script comes before the page is painted, so that the reader's colours do not change under it.
BUNDLES = {
    "app.css": ("css/tokens.css", "css/*.css"),
    "app.js": ("js/first.js", "vendor/*.js", "js/app.js"),
    "manual.css": ("css/manual/*.css",),  # of the page of the API alone
    # for those who edit or suggest
    "edit.css": ("css/edit/*.css",),
    "edit.js": ("js/edit.js",),
}
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True)
class Asset:
    """A file that never changes under its address. `bodies` holds it under each content coding, best first."""

    path: str
    kind: str
    bodies: dict[str, bytes]

    def answer(self, scope: Scope) -> Response:
        coding = self.coding(Headers(scope=scope).get("accept-encoding", ""))
        body = self.bodies[coding]
        headers = {"content-type": self.kind, "cache-control": FOREVER, "vary": "Accept-Encoding"}
        if coding != "identity":
            headers["content-encoding"] = coding
        headers["content-length"] = str(len(body))
        return Response(b"" if scope["method"] == "HEAD" else body, headers=headers)

    def coding(self, accepted: str) -> str:
        """The smallest coding the browser takes. Brotli, since zstd saves less on what is compressed but once."""
        offered = {}
        for part in accepted.lower().split(","):
            coding, _, quality = part.partition(";")
            offered[coding.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
        return next((one for one in self.bodies if offered.get(one)), "identity")


class Assets:
    """ASGI application for everything under /static, and the address of each bundle."""

    def __init__(self, folder: Path, prefix: str = "/static") -> None:
        self.prefix = prefix
        self.bundles = {name: _bundle(folder, name) for name in BUNDLES}
        self.by_path = {f"{prefix}/{one.path}": one for one in self.bundles.values()}
        self.files = Files(directory=folder)

    def address(self, name: str) -> str:
        """Where the bundle of that name is; raises KeyError when there is none. Templates call it `asset`."""
        return f"{self.prefix}/{self.bundles[name].path}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers by itself also where no framework stands around it."""
        if scope["type"] == "http":
            await (await self.answer(scope))(scope, receive, send)

    async def answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("Method Not Allowed", 405, {"allow": "GET, HEAD"})
        asset = self.by_path.get(scope["path"])
        if asset is not None:
            return asset.answer(scope)
        path = scope["path"].removeprefix(self.prefix)
        inside = {**scope, "path": path, "root_path": ""}
        try:
            return await self.files.get_response(self.files.get_path(inside), inside)
        except HTTPException as refused:
            return PlainTextResponse("Not Found", refused.status_code)


class Files(StaticFiles):
    """Icons, fonts and single files, as they lie in the folder; kept for a day."""

    def file_response(
        self, full_path: PathLike[str] | str, stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = DAY
        return response


def plain(css: str) -> str:
    """CSS without comments and needless blanks. Blanks within a value stay: `a + b` and `calc()` need theirs."""
    strings: list[str] = []

    def aside(found: re.Match[str]) -> str:
        if found.group().startswith("/*"):
            return ""
        strings.append(found.group())
        return f"\x00{len(strings) - 1}\x00"

    css = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", aside, css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r": (?=[^{}]*[;}])", ":", css).replace(";}", "}")
    return re.sub("\x00(\\d+)\x00", lambda found: strings[int(found.group(1))], css).strip()


def _bundle(folder: Path, name: str) -> Asset:
    stem, kind = name.split(".")
    found = dict.fromkeys(path for pattern in BUNDLES[name] for path in sorted(folder.glob(pattern)))
    texts = [path.read_text() for path in found]
    body = (plain("\n".join(texts)) if kind == "css" else ";\n".join(texts)).encode()
    digest = sha256(body).hexdigest()[:12]
    bodies = {"br": brotli.compress(body), "gzip": gzip.compress(body, 9, mtime=0), "identity": body}
    return Asset(f"{stem}-{digest}.{kind}", TYPES[kind], bodies)
