"""What an editor and residents did before the pictures of the catalogue are taken, at the pages themselves."""

from __future__ import annotations

import http.cookiejar
import io
import re
import ssl
import urllib.error
import urllib.request
import zipfile
from urllib.parse import quote, urlencode

from yichuang.config.trouble import Trouble

NOT_FOUND = (
    "老寿星每月的钱",
    "老寿星每月的钱",
    "老寿星每月的钱",
    "拆迁安置房钥匙",
    "地铁几点开",
    "地铁几点开",
)
SETTLED, CHANGED = "老寿星每月的钱", "MZ-010"
BEGUN, WHY = "MZ-001", "低保标准从 1 月起调高，办理条件要改"

REWRITTEN = ("照片", "近照")  # what a changed file says instead, in the mistakes of a few items
BOUNDARY = "a-file-from-the-office"


def prepare(url: str, editor: str) -> str:
    """Queries that found nothing, one made an alias, one draft begun; the code of the item that has a proposal."""
    for text in NOT_FOUND:
        _opened(url, f"/search?q={quote(text)}", "")
    page = _opened(url, "/office/catalog/unfound/", editor)
    if number := re.search(rf'name="queries" value="(\d+)"[^>]*>(?:(?!</label>).)*{SETTLED}', page, re.S):
        _sent(url, "/office/catalog/unfound/", "settle/", {"query": number[1], "item": CHANGED}, editor)
    if f'action="/office/catalog/{BEGUN}/begin/"' in _opened(url, f"/office/catalog/{BEGUN}/", editor):
        _sent(url, f"/office/catalog/{BEGUN}/", "begin/", {"reason": WHY}, editor)
    return CHANGED


def hand_in(url: str, editor: str) -> str:
    """The town's own files with one item changed, handed in to be looked at; where they are looked at."""
    with _browser(editor)[0].open(f"{url}/office/catalog/export/catalogue.zip", timeout=60) as answer:
        out = zipfile.ZipFile(io.BytesIO(answer.read()))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as again:
        for name in out.namelist():
            content = out.read(name).decode()
            again.writestr(name, content.replace(*REWRITTEN) if name.endswith("mistakes.csv") else content)
    page = "/office/catalog/import/"
    browser, token = _form(url, page, editor)
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, more, content in (
            ("csrfmiddlewaretoken", "", token.encode()),
            ("file", '; filename="catalogue.zip"\r\nContent-Type: application/zip', changed.getvalue()),
        )
    )
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    sent = urllib.request.Request(  # noqa: S310
        f"{url}{page}",
        data=body + f"--{BOUNDARY}--\r\n".encode(),
        headers={"Cookie": browser, "Referer": f"{url}{page}", "Origin": url, "Content-Type": kind},
    )
    with _browser("")[0].open(sent, timeout=60) as answer:
        return str(answer.url).rstrip("/").rpartition("/")[2]


def _browser(token: str) -> tuple[urllib.request.OpenerDirector, http.cookiejar.CookieJar]:
    jar = http.cookiejar.CookieJar()
    context = ssl._create_unverified_context()  # noqa: S323 - the demo's own certificate authority
    browser = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor(jar)
    )
    browser.addheaders = [("Cookie", f"yichuang_who={token}")] if token else []
    return browser, jar


def _opened(url: str, path: str, token: str) -> str:
    with _browser(token)[0].open(f"{url}{path}", timeout=30) as answer:
        return str(answer.read().decode())


def _sent(url: str, page: str, target: str, form: dict[str, str], token: str) -> None:
    """A form as a browser sends it from its page: with the page's own token against forged requests."""
    cookies, forged = _form(url, page, token)
    sent = urllib.request.Request(  # noqa: S310
        f"{url}{page}{target}",
        data=urlencode({**form, "csrfmiddlewaretoken": forged}).encode(),
        headers={"Cookie": cookies, "Referer": f"{url}{page}", "Origin": url},
    )
    try:
        _browser("")[0].open(sent, timeout=30).close()
    except urllib.error.HTTPError as refused:
        if refused.code != 409:  # somebody has done it before
            raise Trouble(
                f"{page}{target} 回答 {refused.code}。", f"{page}{target} was refused."
            ) from refused


def _form(url: str, page: str, token: str) -> tuple[str, str]:
    """The cookies a browser holds at a page with a form, and the form's token."""
    browser, jar = _browser(token)
    with browser.open(f"{url}{page}", timeout=30) as answer:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
    if found is None:
        raise Trouble(f"{page} 上没有表单。", f"No form on {page}.")
    return "; ".join([f"yichuang_who={token}", *(f"{each.name}={each.value}" for each in jar)]), found[1]
