"""A release read in by an admin: sent, watched, looked at, written and taken back, while somebody else reads on."""

import os
import re
import signal
import socket
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import TimeoutError, expect

from tests.importing.made_up import REAL, a_release

WORK = 30_000  # milliseconds that reading, writing or taking back may take


@pytest.fixture
def release(scripts):
    """A made-up one; where it is asked for, the real one."""
    if scripts and os.environ.get("REAL_RELEASE") and REAL.exists():
        return {"name": "kiel_r17.xlsx", "mimeType": "application/octet-stream", "buffer": REAL.read_bytes()}
    return {"name": "tracker_r98.csv", "mimeType": "text/csv", "buffer": a_release(240).file}


@pytest.mark.parametrize("scripts", [True], indirect=True)
def test_an_upload_that_is_cut_off_leaves_nothing(seat, desk):
    ada, place = seat("ada"), urlsplit(desk.address)
    ada.goto("/imports")
    before = ada.get_by_role("main").inner_text()
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in ada.context.cookies())
    head = (
        f"POST /imports HTTP/1.1\r\nHost: {place.netloc}\r\nOrigin: {desk.address}\r\nCookie: {cookie}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: 900000\r\n\r\n"
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="half_r95.csv"\r\n\r\n'
    )
    with socket.create_connection((place.hostname, place.port)) as wire:
        wire.sendall(head.encode() + a_release(100).file)
        time.sleep(0.3)
    time.sleep(0.3)
    ada.reload()

    assert ada.get_by_role("main").inner_text() == before


class Reader(threading.Thread):
    """Pages on through the explorer until told to stop, and remembers how long each page took."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.waits, self.answers, self.done = address, [], set(), threading.Event()

    def run(self):
        with httpx.Client(base_url=self.address) as client:
            page = 1
            while not self.done.is_set():
                began = time.monotonic()
                self.answers.add(client.get(f"/pledges?page={page}").status_code)
                self.waits.append(time.monotonic() - began)
                page = page % 3 + 1
                time.sleep(0.05)

    def __exit__(self, *_):
        self.done.set()
        self.join(10)

    def __enter__(self):
        self.start()
        return self


def test_a_release_is_sent_watched_written_and_taken_back_while_a_reader_pages_on(seat, desk, release):
    ada, guest = seat("ada"), seat()
    with Reader(desk.address) as reader:
        ada.goto("/imports")
        ada.get_by_label("File").set_input_files(release)
        ada.get_by_role("button", name="Read and compare").click()
        told = ada.get_by_role("main")
        _wait_for(ada, "Leave it alone")
        expect(told.get_by_role("heading", name="What the file adds up to")).to_be_visible()
        expect(told.get_by_role("heading", name="What donors have given, before and after")).to_be_visible()
        ada.get_by_role("list", name="Pledges").get_by_role("link").first.click()
        expect(told.get_by_role("heading", name=re.compile("Rows: (new|changed)"))).to_be_visible()

        ada.get_by_role("button", name="Write").click()
        _wait_for(ada, "Written whole, as one change.")
        guest.goto("/pledges")
        found = guest.get_by_role("status").first.inner_text()

        ada.get_by_role("button", name="Take the whole import back").click()
        _wait_for(ada, "Taken back whole.")
        guest.reload()
        assert guest.get_by_role("status").first.inner_text() != found

    assert reader.answers == {200}
    assert max(reader.waits) < 1.5


@pytest.mark.parametrize("scripts", [True], indirect=True)
def test_work_that_is_killed_in_the_middle_stores_nothing_and_can_be_begun_again(seat, desk):
    ada = seat("ada")
    ada.goto("/imports")
    file = {"name": "killed_r97.csv", "mimeType": "text/csv", "buffer": a_release(1_500).file}
    ada.get_by_label("File").set_input_files(file)
    ada.get_by_role("button", name="Read and compare").click()
    _kill_the_work(desk.database_url)
    told = ada.get_by_role("main")
    expect(told).to_contain_text("stopped in the middle", timeout=WORK)

    ada.get_by_role("button", name="Read it again").click()
    expect(told).to_contain_text("Write 1,500 pledges", timeout=WORK)
    ada.get_by_role("button", name="Leave it alone").click()
    expect(ada.get_by_role("row", name="killed_r97.csv").first).to_contain_text("left alone")


def _wait_for(page, text):
    """The page follows the work by itself or, without scripts, when it is asked to look again."""
    until, told = time.monotonic() + WORK / 1000, page.get_by_role("main")
    while text not in told.inner_text():
        assert time.monotonic() < until, told.inner_text()
        again = page.get_by_role("link", name="Look again")
        if again.is_visible():
            with suppress(TimeoutError):
                again.click(timeout=1_000)
        time.sleep(0.2)


def _kill_the_work(url):
    """The process that works for this server, as soon as there is one."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                ours = f"DATABASE_URL={url}".encode() in (place / "environ").read_bytes().split(b"\0")
                if ours and b"import-run" in (place / "cmdline").read_bytes():
                    os.kill(int(place.name), signal.SIGKILL)
                    return
        time.sleep(0.02)
    raise AssertionError("no work was begun")
