"""What `pip install` brings serves from any folder."""

import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "uv", "build", "--wheel", "--offline", "--quiet", "--no-build-isolation"]
    subprocess.run([*command, "--out-dir", folder, ROOT], check=True)
    (made,) = folder.glob("*.whl")
    return made


def test_the_wheel_carries_templates_static_files_seed_migrations_and_texts(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    for wanted in ("share/templates/base.html", "share/static/css/base.css", "share/seed/donors.csv"):
        assert f"app/{wanted}" in names
    for folder in ("templates", "static", "seed"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert f"app/share/{file.relative_to(ROOT)}" in names
    assert any(name.startswith("app/store/migrations/versions/0001") for name in names)
    assert "app/store/migrations/script.py.mako" in names
    assert not any(name.startswith("tests/") for name in names)


def test_the_installed_program_serves_from_another_folder(wheel, tmp_path):
    place = tmp_path / "installed"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    packages = next(place.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(packages)
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))  # what it depends on is installed here
    program = "import sys; from app.__main__ import cli; cli()"
    serving = subprocess.Popen(
        [place / "bin" / "python", "-P", "-c", program, "serve", "--port", "0"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": f"sqlite:///{tmp_path}/pledges.sqlite"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        lines = iter(serving.stdout.readline, "")
        address = next(line for line in lines if "http://" in line).split()[-1]
        with urllib.request.urlopen(f"{address}/") as page:
            assert page.status == 200 and b"<h1" in page.read()
    finally:
        serving.terminate()
        serving.wait(15)
