#!/usr/bin/env python3
"""Cases of published shapes for benches: each function gives the text of a case.

usage: shapes.py NAME [NUMBER...] writes one, as in `shapes.py ring 15 2`.
"""
import random
import sys


def case(parties, issues, statements=(), rules=(), title="bench"):
    """Rows are written in YAML's flow style, one a line."""
    text = f"entente: 1\ntitle: {title}\nparties:\n" + "".join(f"  {row}\n" for row in parties)
    text += "issues:\n" + "".join(f"  {row}\n" for row in issues)
    if rules:
        text += "rules:\n" + "".join(f"  - {row}\n" for row in rules)
    if statements:
        text += "statements:\n" + "".join(f"  - {row}\n" for row in statements)
    return text


def words(count):
    return "[" + ", ".join(["none", *(f"v{k}" for k in range(1, count))]) + "]"


def offer(number, party, gives, gets):
    given = ", ".join(f"{issue}: {value}" for issue, value in gives.items())
    got = ", ".join(f"{issue}: {value}" for issue, value in gets.items())
    return (f"{{id: s{number}, by: {party}, reported: said, claims: "
            f"[{{party: {party}, offers: {{{given}}}, for: {{{got}}}}}]}}")


def ring(parties, levels=2, said=1):
    """Each gives one issue to the next; `said`: each also says that it would do so for its gain."""
    parties, levels = int(parties), int(levels)
    rows = [f"i{k}: {{by: p{k}, for: p{(k + 1) % parties}, options: {words(levels)}}}"
            for k in range(parties)]
    offers = [offer(k, f"p{k}", {f"i{k}": "v1"}, {f"i{(k - 1) % parties}": f"v{levels - 1}"})
              for k in range(parties)]
    return case([f"p{k}: {{name: Party {k}}}" for k in range(parties)], rows,
                offers if int(said) else ())


def pairs(issues, levels=4):
    """Two parties, issues given in turn: levels ** issues packages."""
    issues, levels = int(issues), int(levels)
    rows = [f"i{k}: {{by: {'pq'[k % 2]}, for: {'qp'[k % 2]}, options: {words(levels)}}}"
            for k in range(issues)]
    return case(["p: {name: P}", "q: {name: Q}"], rows, [
        "{id: s0, by: p, reported: said, claims: "
        f"[{{party: p, accepts: {{i0: v{levels - 1}, i1: v1}}}}]}}",
        "{id: s1, by: q, reported: said, claims: "
        f"[{{party: q, refuses: {{i1: v1, i0: v{levels - 1}}}}}]}}"])


def trade_round(parties=30, issues=50, statements=300, seed=1):
    """Each issue is a market that one opens to three others; each says what it gives for what."""
    parties, issues, statements = int(parties), int(issues), int(statements)
    draw = random.Random(int(seed))
    rows, gives, gets = [], {}, {}
    for k in range(issues):
        giver = k % parties
        getters = draw.sample([p for p in range(parties) if p != giver], 3)
        rows.append(f"i{k}: {{by: p{giver}, for: [" + ", ".join(f"p{g}" for g in getters) +
                    f"], options: {words(3)}}}")
        gives.setdefault(giver, []).append(k)
        for g in getters:
            gets.setdefault(g, []).append(k)
    said = []
    while len(said) < statements:
        party = len(said) % parties
        if party not in gives or party not in gets:
            said.append(f"{{id: s{len(said)}, by: p{party}, reported: said}}")
            continue
        mine = {f"i{draw.choice(gives[party])}": "v1"}
        wanted = {f"i{k}": "v2" for k in draw.sample(gets[party], min(2, len(gets[party])))}
        said.append(offer(len(said), f"p{party}", mine, wanted))
    return case([f"p{k}: {{name: Party {k}}}" for k in range(parties)], rows, said)


def climate_text(parties=8, issues=10, items=40, brackets=200, seed=1):
    """Issues of many items, each given by one party for the others, and brackets of two options."""
    parties, issues, items, brackets = int(parties), int(issues), int(items), int(brackets)
    draw = random.Random(int(seed))
    rows = []
    for k in range(issues):
        giver = k % parties
        rows.append(f"i{k}: {{by: p{giver}, for: p{(giver + 1 + k // parties) % parties}, items: [" +
                    ", ".join(f"a{j}" for j in range(items)) + "]}")
    for k in range(brackets):
        giver, getter = draw.sample(range(parties), 2)
        rows.append(f"b{k}: {{by: p{giver}, for: p{getter}, options: [out, in]}}")
    return case([f"p{k}: {{name: Party {k}}}" for k in range(parties)], rows, [
        f"{{id: s{k}, by: p{k}, reported: said, claims: [{{party: p{k}, demands: {{i{k}: [a0, a1]}}}}]}}"
        for k in range(min(issues, parties))])


def council(deciders=5, seed=1):
    """A trade round of few, and a council of 166 votes that approves two of its issues."""
    deciders = int(deciders)
    draw = random.Random(int(seed))
    parties = [f"p{k}: {{name: Party {k}}}" for k in range(deciders)]
    members = [f"m{k}" for k in range(8)]
    parties += [f"{m}: {{name: Member {m}, role: observer}}" for m in members]
    parties.append("members: {name: The council, role: approver, approves: [i0, i1], approval: "
                   f"{{votes: 111, of: 166, members: [{', '.join(members)}], others: 107, "
                   "because: the others are taken to follow}}")
    rows = []
    levels = [8, 8, 8, 8, 11]
    for k in range(5):
        giver = k % deciders
        getter = (k + 1) % deciders
        stakes = ", ".join(f"{m}: '{draw.choice('+-')}'" for m in members)
        rows.append(f"i{k}: {{by: p{giver}, for: [p{getter}, p{(k + 2) % deciders}], "
                    f"options: {words(levels[k])}, stakes: {{{stakes}}}}}")
    said = []
    for n in range(39):
        k = n % deciders
        said.append(offer(n, f"p{k}", {f"i{k}": f"v{1 + n // deciders % 3}"},
                          {f"i{(k - 1) % deciders}": f"v{3 + n // deciders % 4}"}))
    return case(parties, rows, said)


def disputed_range(step=0.1):
    """A fine range beside 864 packages of five other issues, and a record in dispute."""
    issues = ["wage: {by: firm, for: union, range: {from: 0, to: 35, step: " + str(step) + "}}",
              "hours: {by: union, for: firm, options: [same, more, most]}",
              "leave: {by: firm, for: union, options: [a, b, c, d]}",
              "rights: {by: firm, for: union, items: [x, y, z]}",
              "shifts: {by: union, for: firm, options: [e, f, g]}",
              "term: {by: union, for: firm, options: [h, i, j]}"]
    said = [("union", "union", "offers: {hours: more}, for: {wage: 10}"),
            ("firm", "firm", "refuses: {wage: 30}"),
            ("firm", "firm", "accepts: {wage: 5, hours: more}"),
            ("firm", "union", "demands: {wage: 25}, for: {hours: more}"),
            ("union", "firm", "accepts: {wage: 30, hours: most}"),
            ("union", "union", "refuses: {hours: most, wage: 5}"),
            ("firm", "union", "refuses: {shifts: g, leave: c, wage: 8}"),
            ("union", "firm", "refuses: {rights: [x, y], wage: 20}"),
            ("firm", "firm", "offers: {leave: b}, for: {term: j}"),
            ("union", "union", "offers: {term: i}, for: {rights: [x]}"),
            ("firm", "firm", "refuses: {leave: d, wage: 10}"),
            ("union", "union", "accepts: {hours: more, shifts: f, wage: 15, leave: c}")]
    rows = [f"{{id: s{n}, by: {by}, reported: said, date: 2024-01-{n + 1:02d}, claims: "
            f"[{{party: {party}, {claim}}}]}}" for n, (by, party, claim) in enumerate(said)]
    return case(["union: {name: The union}", "firm: {name: The firm}"], issues, rows)


SHAPES = {shape.__name__: shape for shape in (ring, pairs, trade_round, climate_text, council,
                                           disputed_range)}


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in SHAPES:
        sys.exit(__doc__ + "\nshapes: " + ", ".join(SHAPES))
    sys.stdout.write(SHAPES[sys.argv[1]](*sys.argv[2:]))
