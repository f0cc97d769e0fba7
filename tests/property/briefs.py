#!/usr/bin/env python3
"""`entente report --format`: the brief as Markdown, HTML, docx, odt and pdf. TAP output.

usage: briefs.py ENTENTE SOURCE_ROOT

Every number of a brief is one of the report's document; words of a case stay words, whatever they
look like; each document opens in LibreOffice and comes out as pages; and what cannot be made is
refused with what helps. Where pandoc or LibreOffice is not installed, what needs them is skipped.
BRIEFS=FOLDER keeps the documents and pictures of their pages there, to be looked at.
"""
import html.parser
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import tap

entente, root = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
FEW = ["--worlds", "500"]
EXAMPLES = sorted((root / "examples").glob("*.yaml"))
EVIL = """entente: 1
title: "Talks <script>alert(1)</script> ![x](file:///etc/passwd) | a [l](http://example.org) *b* ## c"
parties: {a: {name: "Ana _|_ <b>x</b>"}, b: {name: "1. Bo"}}
people: {p: {name: "- Pat # $x^2$ @cite", for: a}, q: {name: "Quin `code` ~~s~~", for: b}}
sources:
  s: {title: "T \\\\newpage {=html}", publisher: "<img src=x>", url: "https://e.org/a|b'c"}
  t: {title: Fine, url: "https://example.org/a?b=c&d=1"}
issues:
  one: {name: "One ^[note]", by: a, for: b, options: [no, yes]}
  two: {name: "Two \u202eowt", by: b, for: a, options: [no, yes]}
statements:
  - {id: s1, by: p, source: s, date: 2020-01-01, quote: "a | b <i>&amp; ![y](/etc/hostname)</i>", claims: [{party: a, accepts: {one: yes, two: yes}}]}
  - {id: s2, by: q, source: t, date: 2020-01-02, quote: "**bold** [^1]: [^9]", claims: [{party: a, refuses: {one: yes, two: yes}}]}
"""


def run(*words, path=None, stdout=subprocess.PIPE):
    environment = dict(os.environ, COLUMNS="80", NO_COLOR="1")
    if path is not None:
        environment["PATH"] = path
    return subprocess.run([entente, *map(str, words), "--quiet"], stdout=stdout,
                          stderr=subprocess.PIPE, timeout=300, env=environment)


def text_of(*words):
    return run(*words).stdout.decode()


def shown(share):
    percent = 100 * share
    percent = round(percent) if abs(percent - round(percent)) < 1e-7 else percent
    return ("<1%" if 0 < percent <= 0.5 else ">99%" if 99.5 <= percent < 100
            else f"{int(percent + 0.5)}%")


def numbers(node):
    """All numbers from 0 to 1 of a document, wherever they stand."""
    if isinstance(node, dict):
        return set().union(*map(numbers, node.values()), set())
    if isinstance(node, list):
        return set().union(*map(numbers, node), set())
    return {node} if isinstance(node, (int, float)) and not isinstance(node, bool) \
        and 0 <= node <= 1 else set()


class Words(html.parser.HTMLParser):
    """The text of a page without its drawings, and its tags."""

    def __init__(self):
        super().__init__()
        self.tags, self.text, self.inside = set(), [], 0

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.inside += tag in ("svg", "style")

    def handle_endtag(self, tag):
        self.inside -= tag in ("svg", "style")

    def handle_data(self, data):
        if not self.inside:
            self.text.append(data)


def read_page(page):
    words = Words()
    words.feed(page)
    return words.tags, "".join(words.text)


def last_of(page):
    """The last line of a page's text above its footnotes and its number."""
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    text = [line for line in lines if not re.match(r"\d+( |$)", line)]
    return text[-1:]


PERCENT = re.compile(r"[<>]?\d+%")


def check_numbers(name, brief, document, case):
    known = {shown(n) for n in numbers(document)}
    own = set(PERCENT.findall(case))  # words of the case have figures too
    strange = [p for p in PERCENT.findall(brief) if p not in known and p not in own]
    tap.check(f"{name}: {len(PERCENT.findall(brief))} shares, each the report's",
              len(PERCENT.findall(brief)) > 8 and not strange, strange)


for example in EXAMPLES:
    case = example.read_text()
    document = json.loads(text_of("report", example, "--json", *FEW))
    markdown = text_of("report", example, "--format", "markdown", *FEW)
    plain = re.sub(r"\\(.)", r"\1", re.sub(r"\(data:[^)]*\)", "", markdown))
    check_numbers(f"{example.stem} in Markdown", plain.split("# Annex")[0], document, case)
    tags, words = read_page(text_of("report", example, "--format", "html", *FEW))
    check_numbers(f"{example.stem} in HTML", words.split("Annex: sources")[0], document, case)
    tap.check(f"{example.stem}: no script, its own figure",
              "script" not in tags and "img" not in tags and {"svg", "table", "sup"} <= tags, tags)
    quotes = re.findall(r'quote: "([^"\\]+)"', case)
    tap.check(f"{example.stem}: the annex has its words",
              all(" ".join(q.split()) in " ".join(words.split()) for q in quotes), quotes)

with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    evil = folder / "evil.yaml"
    evil.write_text(EVIL)
    tags, words = read_page(text_of("report", evil, "--format", "html", *FEW))
    tap.check("words of a case are no tags", not tags & {"script", "b", "i", "img"} and
              "<script>alert(1)</script>" in words and "<U+202E>" in words, tags)
    page = text_of("report", evil, "--format", "html", *FEW)
    tap.check("an address that would end its link is none",
              page.count("href=\"https") == 1 and page.count("href=\"https") ==
              page.count('href="https://example.org/a?b=c&amp;d=1"'), page)
    for name in ("docs", "docxx", "exe"):
        p = run("report", evil, "--format", name)
        tap.check(f"--format {name} is refused", p.returncode == 2 and b"U103" in p.stderr, p.stderr)
    p = run("report", evil, "--format", "html", "--json")
    tap.check("--format and --json exclude each other",
              p.returncode == 2 and b"U108" in p.stderr, p.stderr)
    for kind in ("docx", "odt", "pdf"):
        out = folder / f"none.{kind}"
        p = run("report", evil, "--format", kind, "-o", out, path="/nonexistent")
        tap.check(f"{kind} without pandoc is refused with what helps", p.returncode == 2 and
                  b"U113" in p.stderr and b"tools/setup docs" in p.stderr and not out.exists(),
                  p.stderr)
    # Programs that stand in for pandoc: one fails, one hangs, one prints what it was given.
    fakes = folder / "bin"
    fakes.mkdir()
    fake = fakes / "pandoc"

    def stand_in(script):
        fake.write_text("#!/bin/sh\n" + script)
        fake.chmod(0o755)

    path = f"{fakes}:/usr/bin:/bin"
    out = folder / "out.docx"
    out.write_text("before")
    stand_in("echo warning >&2; echo 'no such writer' >&2; exit 3\n")
    p = run("report", evil, "--format", "docx", "-o", out, path=path)
    tap.check("what pandoc says is told, and the file is left", p.returncode == 3 and
              b"U114" in p.stderr and b"no such writer" in p.stderr and
              out.read_text() == "before", p.stderr)
    stand_in("printf '%s\\n' \"$#\" \"$@\"; cat >/dev/null\n")
    p = run("report", evil, "--format", "odt", path=path)
    tap.check("pandoc is given words, and the text by a pipe", p.returncode == 0 and
              p.stdout.decode().split("\n")[0] == "8" and b"raw_html" in p.stdout, p.stdout)
    stand_in("echo $$ >" + str(folder / "pid") + "; exec sleep 100\n")
    child = subprocess.Popen([entente, "report", evil, "--format", "docx", "-o", out, "-q"],
                             stderr=subprocess.PIPE, env=dict(os.environ, PATH=path))
    for _ in range(300):
        if (folder / "pid").exists() and (folder / "pid").read_text().strip():
            break
        time.sleep(0.05)
    begun = time.monotonic()
    child.send_signal(signal.SIGINT)
    said = child.communicate(timeout=30)[1]
    gone = not Path(f"/proc/{(folder / 'pid').read_text().strip()}").exists()
    tap.check("an interrupt ends pandoc too", child.returncode == 130 and gone and
              time.monotonic() - begun < 2 and out.read_text() == "before", said)

    keep = Path(os.environ.get("BRIEFS", folder / "kept"))
    keep.mkdir(exist_ok=True)
    if shutil.which("pandoc") is None:
        print("# SKIP docx, odt and pdf: pandoc is not installed")
        tap.finish()
    office = shutil.which("soffice")
    for case in (EXAMPLES[1], evil):
        for kind in ("docx", "odt"):
            out = keep / f"{case.stem}.{kind}"
            p = run("report", case, "--format", kind, "-o", out, *FEW)
            good = p.returncode == 0 and zipfile.is_zipfile(out)
            inside = zipfile.ZipFile(out).namelist() if good else []
            body = b"".join(zipfile.ZipFile(out).read(n) for n in inside if n.endswith(".xml"))
            pictures = [n for n in inside if re.search(r"(media|Pictures)/", n)]
            tap.check(f"{out.name} has one picture, drawn", good and len(pictures) == 1 and
                      pictures[0].endswith(".emf" if kind == "docx" else ".svg"),
                      (p.stderr, inside))
            tap.check(f"{out.name} has nothing of this machine", b"root:" not in body, out)
            if office is None:
                continue
            profile = f"-env:UserInstallation=file://{folder}/profile"
            p = subprocess.run([office, profile, "--headless", "--convert-to", "pdf", "--outdir",
                                folder, out], capture_output=True, timeout=240)
            pdf = folder / f"{out.stem}.pdf"
            if b"could not be loaded" in p.stderr + p.stdout:
                print("# SKIP opening documents: this LibreOffice has no writer")
                office = None
                continue
            pages = pdf.read_bytes().count(b"/Type/Page/") or len(
                re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))
            tap.check(f"{out.name} opens in LibreOffice ({pages} pages)", 2 <= pages <= 12, p.stderr)
            if shutil.which("pdftotext"):
                words = subprocess.run(["pdftotext", pdf, "-"], capture_output=True).stdout.decode()
                tap.check(f"{out.name} has its words", "Annex: sources" in words and
                          "Figure 1." in words and ("<script>" in words) == (case == evil),
                          words[:600])
            if shutil.which("pdftoppm"):
                subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, keep / out.name])
    if office is not None:
        for example in EXAMPLES:
            out = keep / f"{example.stem}.pdf"
            p = run("report", example, "--format", "pdf", "-o", out, *FEW)
            tap.check(f"{out.name} is one", p.returncode == 0 and
                      out.read_bytes()[:5] == b"%PDF-", p.stderr)
            if not shutil.which("pdftotext") or p.returncode != 0:
                continue
            heads = re.findall(r"^#+ (.*)$", re.sub(r"\\(.)", r"\1", text_of(
                "report", example, "--format", "markdown", *FEW)), re.M)
            text = subprocess.run(["pdftotext", "-layout", out, "-"], capture_output=True)
            pages = text.stdout.decode().split("\f")
            body = [n for n, page in enumerate(pages) if "Annex: sources" in page][0]
            tap.check(f"{out.name}: {body} pages, then the annex on one of its own",
                      2 <= body <= 4 and pages[body].lstrip().startswith("Annex"), body)
            alone = [line for page in pages for line in last_of(page)
                     if any(h.endswith(line) and len(line) > 9 for h in heads)]
            tap.check(f"{out.name}: no heading at the foot of a page", not alone, alone)
            if shutil.which("pdftoppm"):
                subprocess.run(["pdftoppm", "-r", "60", "-png", out, keep / out.name])
    else:
        print("# SKIP pdf: LibreOffice or its writer is not installed")
tap.finish()
