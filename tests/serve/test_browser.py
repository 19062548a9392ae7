"""The way a new user goes, in a real browser: list, document, fact, sentence; nothing leaves the machine."""

import json
import shutil
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest
import uvicorn

from yanzhen.serve.app import create_app

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason="needs chromium and chromedriver"),
]
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--window-size=1280,900",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(atlas_path):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(atlas_path), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


def css(browser, selector):
    from selenium.webdriver.common.by import By

    return browser.find_elements(By.CSS_SELECTOR, selector)


def until(condition, seconds=8):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def is_in_view(browser, element):
    inside = "const r = arguments[0].getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight;"
    return browser.execute_script(inside, element)


def requested_hosts(browser):
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return {urlsplit(url).hostname for url in urls if not url.startswith(("data:", "chrome"))}


def size(browser, width, height):
    screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)


def test_from_the_list_to_a_fact_to_its_sentence_and_back(browser, site):
    size(browser, 1280, 700)
    browser.get(site)
    links = {link.text: link for link in css(browser, ".documents h2 a")}
    links["云溪高新区上半年运行平稳"].click()
    assert css(browser, ".on") == []

    policy = css(browser, ".fact.k-policy .to-text")[0]
    policy.click()
    sentence = css(browser, "#text a.m.on")
    assert "".join(piece.text for piece in sentence) == "对入驻的小微企业给予最高50万元的租金补贴"
    until(lambda: is_in_view(browser, sentence[0]))
    assert [fact.get_attribute("class") for fact in css(browser, ".fact.on")] == ["fact k-policy on"]
    assert policy.get_attribute("aria-current") == "true"

    # The stretch that two relations, a milestone and nothing else share.
    piece = next(each for each in css(browser, "#text a.m") if each.text == "预计2025年底投产")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", piece)
    until(lambda: is_in_view(browser, piece))
    time.sleep(0.6)
    piece.click()
    shown = [fact.get_attribute("data-kind") for fact in css(browser, ".fact") if fact.is_displayed()]
    assert shown == ["relation", "milestone"]
    assert "2 条事实" in css(browser, ".picked")[0].text
    css(browser, ".picked button")[0].click()
    assert len([fact for fact in css(browser, ".fact") if fact.is_displayed()]) == 14


def test_the_page_is_worked_by_keyboard(browser, site):
    from selenium.webdriver import ActionChains, Keys

    size(browser, 1280, 700)
    browser.get(f"{site}/documents/repost")
    ActionChains(browser).send_keys("j").perform()
    assert "".join(piece.text for piece in css(browser, "#text a.m.on")) == "青禾微電子與雲溪高新區簽約"
    ActionChains(browser).send_keys("j").perform()
    assert "".join(piece.text for piece in css(browser, "#text a.m.on")) == "投資額逾3億美元"
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    assert css(browser, ".on") == []
    browser.get(f"{site}/")
    ActionChains(browser).send_keys(Keys.TAB).perform()
    assert browser.switch_to.active_element.text == "跳到正文"


def test_kinds_can_be_taken_out_of_view(browser, site):
    size(browser, 1280, 700)
    browser.get(f"{site}/documents/repost")
    css(browser, ".kinds input[value=relation]")[0].click()
    assert [f.get_attribute("data-kind") for f in css(browser, ".fact") if f.is_displayed()] == ["observation"]
    assert [piece.text for piece in css(browser, "#text a.m:not(.off)")] == ["投資額逾3億美元"]


def test_a_link_to_a_fact_opens_its_sentence(browser, site):
    size(browser, 1280, 700)
    browser.get(f"{site}/facts?kind=milestone")
    css(browser, ".fact .source a")[0].click()
    until(lambda: css(browser, "#text a.m.on"))
    assert "".join(piece.text for piece in css(browser, "#text a.m.on")) == "预计2025年底投产"


def test_the_text_in_the_browser_is_the_original(browser, site):
    from atlas_samples import REPOST

    browser.get(f"{site}/documents/repost")
    assert browser.execute_script("return document.getElementById('text').textContent") == REPOST


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize(
    "path", ["/", "/documents/云溪/bulletin", "/facts", "/entities", "/entities/company/青禾微电子", "/search?q=传感器"]
)
def test_no_page_is_wider_than_the_screen(browser, site, path, width):
    size(browser, width, 800)
    browser.get(site + path)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_nothing_left_the_machine_and_the_console_is_silent(browser, site):
    for path in ("/", "/documents/云溪/bulletin", "/facts", "/entities", "/search?q=芯"):
        browser.get(site + path)
    # All requests of this module so far.
    assert requested_hosts(browser) == {"127.0.0.1"}
    assert [entry["message"] for entry in browser.get_log("browser")] == []
