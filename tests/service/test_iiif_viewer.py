"""IIIF as others read it: the published JSON schema, and OpenSeadragon in a browser.

Needs node's npm with a registry, and Debian's Chromium. Where ARCHIVE_AI_TEST_BROWSER is set, as
.ci/run does, nothing is skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from running_service import running_service

from archive_ai.archive import Archive
from archive_ai.domain import HERE

Opening = Callable[..., Archive]

PACKAGES = ("openseadragon@6.1.1", "@hyperion-framework/validator@1.1.0")
LEFT, RIGHT = (220, 30, 40), (30, 60, 210)

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
  window.pixel = (x, y) => Array.from(
    viewer.drawer.canvas.getContext('2d').getImageData(x, y, 1, 1).data);
});
</script>"""


def missing(what: str) -> NoReturn:
    if os.environ.get("ARCHIVE_AI_TEST_BROWSER"):
        pytest.fail(f"{what}, and ARCHIVE_AI_TEST_BROWSER says that nothing may be missing")
    pytest.skip(what)


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with viewer and validator from the npm registry."""
    npm = shutil.which("npm")
    if npm is None:
        missing("there is no npm here")
    folder = tmp_path_factory.mktemp("npm")
    flags = ("--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder))
    done = subprocess.run(
        [npm, "install", *flags, *PACKAGES], capture_output=True, text=True, check=False
    )
    if done.returncode:
        missing(f"npm gets no packages here ({done.stderr.strip().splitlines()[-1:]})")
    return folder / "node_modules"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("there is no Chromium here")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture
def served(open_archive: Opening, tmp_path: Path, tiny_model: str) -> Iterator[tuple[str, str]]:
    """Return the address of a server and the id of a photo, half red and half blue."""
    picture = Image.new("RGB", (2400, 1800), LEFT)
    picture.paste(RIGHT, (1200, 0, 2400, 1800))
    (tmp_path / "scans").mkdir()
    picture.save(tmp_path / "scans" / "halves.png")
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


def test_a_viewer_draws_the_picture(
    modules: Path, browser: Browser, served: tuple[str, str], tmp_path: Path
) -> None:
    address, photo = served
    page: Page = browser.new_page(viewport={"width": 800, "height": 600})
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
    page.wait_for_function("window.state && window.state !== 'waiting'", timeout=30_000)
    assert page.evaluate("window.state") == "drawn"
    assert page.evaluate("window.label") == "halves.png"
    scale = page.evaluate("document.querySelector('canvas').width / 800")
    for x, colour in ((200, LEFT), (600, RIGHT)):
        drawn = page.evaluate(f"window.pixel({x} * {scale}, 300 * {scale})")
        assert max(abs(a - b) for a, b in zip(drawn, (*colour, 255), strict=True)) <= 8
    page.screenshot(path=tmp_path / "viewer.png")
    page.close()
    service = f"{address}/iiif/image/{photo}"
    pictures = [one for one in asked if one.endswith(".jpg")]
    assert f"{service}/info.json" in asked and pictures
    assert all(one.startswith(f"{service}/full/") for one in pictures)
