#!/usr/bin/env python3
"""What people read has none of the words that docs/STYLE.md replaces. TAP output.

usage: words.py SOURCE_ROOT

The words stand in backticks on the left of its table `| not | but |`. They are looked for, whatever
the capitals and line ends, in the strings of C files, in the page's sources without their comments,
in the public headers, in documents, transcripts and expected messages.
"""
import re
import sys
from pathlib import Path

root = Path(sys.argv[1]).resolve()
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"(?:\s*"((?:[^"\\\n]|\\.)*)")*')
PART = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)\'|/\*.*?\*/|//[^\n]*', re.S)
PLACES = ((("src",), (".c", ".h")), (("page/src",), (".ts", ".tsx", ".html")),
          (("include", "docs", "tests/golden", "tests/errors", "bindings/python"),
           (".h", ".md", ".txt", ".yaml", ".py", ".c")))


def choices():
    """The words that are replaced, from the table of docs/STYLE.md."""
    text = (root / "docs/STYLE.md").read_text()
    table = text[text.index("| not | but |"):].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines()[2:]]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def without_comments(text):
    """The source with comments blanked; strings are kept."""
    return COMMENT.sub(lambda m: m[0] if m[0][0] in "\"'" else re.sub(r"[^\n]", " ", m[0]), text)


def readable(path, text):
    """(line, text) of each piece that people may read."""
    if path.suffix in (".c", ".h") and "include" not in path.parts[-2:-1]:
        for run in LITERAL.finditer(without_comments(text)):
            yield text[:run.start()].count("\n") + 1, "".join(p[1] for p in PART.finditer(run[0]))
    elif path.suffix in (".ts", ".tsx"):
        yield 1, without_comments(text)
    else:
        yield 1, text


def files():
    for folders, endings in PLACES:
        for folder in folders:
            for path in sorted((root / folder).rglob("*")):
                if path.suffix in endings and path.name != "STYLE.md" and path.is_file() and \
                        "node_modules" not in path.parts:
                    yield path
    yield from sorted(p for p in root.glob("*.md") if p.name != "CHANGELOG.md")


words = choices()
found = {word: [] for word in words}
patterns = {word: re.compile(r"(?<![\w-])" + r"\s+".join(map(re.escape, word.split())) +
                             r"(?![\w-])", re.I) for word in words}
count = 0
for path in files():
    count += 1
    for line, piece in readable(path, path.read_text(errors="replace")):
        for word, pattern in patterns.items():
            for hit in pattern.finditer(piece):
                at = line + piece[:hit.start()].count("\n")
                found[word].append(f"{path.relative_to(root)}:{at}: {hit[0]}")
# A search that finds nothing anywhere would pass for a clean text.
probe = [p for p in readable(Path("x.c"), '/* hangs on */ f("it han"\n "gs on it"); // hangs on')]
good = len(words) > 20 and count > 300 and [p[1] for p in probe] == ["it hangs on it"]
print(f"{'ok' if good else 'not ok'} 1 - {len(words)} words are looked for in {count} files")
for number, word in enumerate(words, 2):
    print(f"{'not ok' if found[word] else 'ok'} {number} - {word}")
    for place in found[word][:20]:
        print("# " + place)
print(f"1..{len(words) + 1}")
sys.exit(0 if good and not any(found.values()) else 1)
