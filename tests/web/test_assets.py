"""Styles and scripts: one file each, kept for ever under a name that follows from what is in them."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import brotli
import pytest
from starlette.testclient import TestClient

from app.web.assets import BUNDLES, DAY, FOREVER, Assets, plain

STATIC = Path(__file__).parents[2] / "static"


@pytest.fixture(scope="module")
def assets():
    return Assets(STATIC)


@pytest.fixture(scope="module")
def browser(assets):
    return TestClient(assets, raise_server_exceptions=True)


@pytest.mark.parametrize("name", BUNDLES)
@pytest.mark.parametrize(
    ("accepted", "coding", "opened"),
    [
        ("zstd, br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_bundle_comes_in_the_best_coding_the_browser_takes(assets, browser, name, accepted, coding, opened):
    with browser.stream("GET", assets.address(name), headers={"accept-encoding": accepted}) as answer:
        body = b"".join(answer.iter_raw())

    assert answer.status_code == 200
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-length"] == str(len(body))
    assert opened(body) == assets.bundles[name].bodies["identity"]


def test_the_address_follows_from_what_is_in_the_file(tmp_path):
    def made(css: str) -> Assets:
        (tmp_path / "css").mkdir(exist_ok=True)
        (tmp_path / "css" / "tokens.css").write_text(css)
        return Assets(tmp_path)

    first, second, again = made("a{color:red}"), made("a{color:blue}"), made("a{color:red}")

    assert first.address("app.css") == again.address("app.css") != second.address("app.css")
    assert re.fullmatch(r"/static/app-[0-9a-f]{12}\.css", first.address("app.css"))


def test_head_says_the_length_and_sends_nothing(assets, browser):
    answer = browser.head(assets.address("app.css"), headers={"accept-encoding": "br"})

    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(assets.bundles["app.css"].bodies["br"])


def test_other_files_are_kept_for_a_day(browser):
    answer = browser.get("/static/img/mark.svg")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["cache-control"] == DAY
    assert browser.get("/static/img/mark.svg", headers={"if-none-match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/static/app-000000000000.css", "/static/none.svg", "/static/..%2fapp/main.py", "/static/%00", "/static/"]
)
def test_what_is_not_there_is_not_found(browser, path):
    assert browser.get(path).status_code == 404


def test_nothing_is_written_to_assets(assets, browser):
    assert browser.post(assets.address("app.css")).status_code == 405
    assert browser.delete("/static/img/mark.svg").status_code == 405


def test_the_first_visit_stays_small(assets):
    assert len(assets.bundles["app.css"].bodies["br"]) <= 9_000
    assert len(assets.bundles["app.js"].bodies["br"]) <= 16_000


@pytest.mark.parametrize(
    ("css", "left"),
    [
        ("/* why */\na  {\n  color : red;\n}\n", "a{color :red}"),
        ('a::before { content: "/* a  { b */"; }', 'a::before{content:"/* a  { b */"}'),
        ("a { width: calc(1px + 2px); margin: 0 auto }", "a{width:calc(1px + 2px);margin:0 auto}"),
        ("a :hover, b + c { d: e f }", "a :hover,b + c{d:e f}"),
        ("@media (min-width: 46rem) { a { b: c; } }", "@media (min-width: 46rem){a{b:c}}"),
        ("/* reader's choice */ a { b: 'c  d' }", "a{b:'c  d'}"),
    ],
)
def test_css_loses_comments_and_blanks_and_nothing_else(css, left):
    assert plain(css) == left


def test_no_address_and_no_import_in_the_styles(assets):
    css = assets.bundles["app.css"].bodies["identity"].decode()

    assert "@import" not in css
    assert not re.search(r"url\((?!#)", css)
    assert css.startswith("@layer base,layout,parts,states,print;")
    assert css.count("{") == css.count("}")


def test_vendor_files_are_those_that_were_written_down():
    written = dict(
        re.findall(r"^\| (\S+\.js) \|.*\| ([0-9a-f]{64}) \|$", (STATIC / "vendor/README.md").read_text(), re.MULTILINE)
    )

    assert written == {path.name: sha256(path.read_bytes()).hexdigest() for path in (STATIC / "vendor").glob("*.js")}
