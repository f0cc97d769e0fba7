#include "io/case_format.h"

#include "record/approval.h"

#include <math.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define KEYS(table) .kind = ENT_SHAPE_KEYS, .keys = (table), .key_count = COUNT(table)
#define ANY .low = -HUGE_VAL, .high = HUGE_VAL
#define AT(type, member) ((uint16_t)offsetof(type, member))
#define HERE ENT_NO_OFFSET

static const ent_shape text = {.kind = ENT_SHAPE_TEXT, .what = "a text", .def = "text"};
static const ent_shape name = {.kind = ENT_SHAPE_NAME, .what = "a name", .def = "name"};
static const ent_shape ref = {.kind = ENT_SHAPE_REF, .what = "a name", .def = "ref"};
static const ent_shape date = {.kind = ENT_SHAPE_DATE, .what = "a date", .def = "date"};
static const ent_shape number = {.kind = ENT_SHAPE_NUMBER, .what = "a number", ANY};
static const ent_shape share = {
    .kind = ENT_SHAPE_NUMBER, .what = "a number from 0 to 1", .low = 0, .high = 1};
const ent_shape ent_share_shape = {.kind = ENT_SHAPE_INTERVAL,
                                   .what = "a number from 0 to 1 or a range [lo, hi]",
                                   .def = "share",
                                   .low = 0,
                                   .high = 1};
const ent_shape ent_interval_shape = {
    .kind = ENT_SHAPE_INTERVAL, .what = "a number or a range [lo, hi]", .def = "interval", ANY};
static const ent_shape refs = {.kind = ENT_SHAPE_LIST,
                               .what = "a list of names",
                               .of = {&ref},
                               .most = ENT_MOST_BELIEVES};
static const ent_shape ref_or_refs = {.kind = ENT_SHAPE_EITHER,
                                      .what = "a name or a list of names",
                                      .def = "names",
                                      .of = {[ENT_SCALAR] = &ref, [ENT_LIST] = &refs}};

/* ---- Packages ----------------------------------------------------------------------------- */

static const ent_shape choice = {.kind = ENT_SHAPE_EITHER,
                                 .what = "an option, a list of items or a number",
                                 .def = "choice",
                                 .of = {[ENT_SCALAR] = &ref, [ENT_LIST] = &refs}};
static const ent_shape choices = {.kind = ENT_SHAPE_MAP,
                                  .what = "a package such as {issue: option}",
                                  .def = "choices",
                                  .of = {&choice},
                                  .most = ENT_MOST_ISSUES};
static const ent_shape package = {.kind = ENT_SHAPE_EITHER,
                                  .what = "a package such as {issue: option}, or the name of one",
                                  .def = "package",
                                  .of = {[ENT_SCALAR] = &ref, [ENT_MAP] = &choices}};
static const ent_shape packages = {.kind = ENT_SHAPE_MAP,
                                   .what = "a map from names to packages",
                                   .of = {&choices},
                                   .most = ENT_MOST_PACKAGES,
                                   .defines = true};

static const ent_key_row rule_keys[] = {
    {"because", &text, false, HERE, "Why this rule holds."},
    {"if", &package, true, HERE, "The outcomes that the rule binds: those that reach this."},
    {"then", &package, true, HERE, "What they must reach as well."},
};
const ent_shape ent_rule_shape = {KEYS(rule_keys), .what = "a rule", .def = "rule"};
static const ent_shape rules = {.kind = ENT_SHAPE_LIST,
                                .what = "a list of rules",
                                .of = {&ent_rule_shape},
                                .most = ENT_MOST_RULES};

/* ---- Parties, people, sources ------------------------------------------------------------- */

static const char *const roles[] = {"decider", "approver", "observer", NULL};
static const ent_shape role = {
    .kind = ENT_SHAPE_WORD, .what = "decider, approver or observer", .words = roles};
static const ent_shape color = {
    .kind = ENT_SHAPE_COLOR, .what = "a colour such as \"#0072B2\"", .def = "color"};
static const ent_shape url = {.kind = ENT_SHAPE_URL, .what = "a web address", .def = "url"};
static const ent_shape file = {
    .kind = ENT_SHAPE_FILE, .what = "a file beside the case", .def = "file"};
static const char *const letters[] = {"A", "B", "C", "D", "E", "F", NULL};
static const ent_shape reliability = {
    .kind = ENT_SHAPE_WORD, .what = "a letter from A to F", .words = letters};

static const ent_shape worths = {.kind = ENT_SHAPE_MAP,
                                 .what = "a map from options, items or ends to numbers",
                                 .of = {&number},
                                 .most = ENT_MOST_OPTIONS};
static const ent_shape utility = {.kind = ENT_SHAPE_MAP,
                                  .what = "a map from issues to worths",
                                  .def = "utility",
                                  .of = {&worths},
                                  .most = ENT_MOST_ISSUES};

static const ent_shape seats = {
    .kind = ENT_SHAPE_COUNT, .what = "a number from 1 to 100000", .low = 1, .high = 100000};
static const ent_shape some_seats = {
    .kind = ENT_SHAPE_COUNT, .what = "a number from 0 to 100000", .low = 0, .high = 100000};
static const ent_key_row approval_keys[] = {
    {"because", &text, false, AT(ent_approval, because), "Why that many `others` vote for."},
    {"members", &refs, false, HERE,
     "The members whose votes are modelled: parties with stakes of their own. Those with a veto "
     "when left out."},
    {"of", &seats, false, AT(ent_approval, of),
     "Members in all, modelled or not; as many as are named when left out."},
    {"others", &some_seats, false, AT(ent_approval, others),
     "Of the members that are not named, how many are taken to vote for. 0 when left out: a vote "
     "that is not modelled is not counted."},
    {"veto", &refs, false, HERE, "Members whose refusal is enough to stop a deal."},
    {"votes", &seats, true, AT(ent_approval, votes), "Votes that are needed."},
};
const ent_shape ent_approval_shape = {KEYS(approval_keys), .what = "a voting rule",
                                      .def = "approval"};

static const char *const flags[] = {"false", "true", NULL};
static const ent_shape flag = {
    .kind = ENT_SHAPE_WORD, .what = "`true` or `false`", .words = flags};
#define PRIVATE_HELP "true: `--redact` keeps it out of what is given away."

static const ent_key_row reservation_keys[] = {
    {"private", &flag, false, HERE, PRIVATE_HELP},
    {"value", &ent_interval_shape, true, HERE, "The reservation, or a range [lo, hi]."},
};
static const ent_shape marked_reservation = {KEYS(reservation_keys), .what = "a reservation",
                                             .def = "marked-reservation"};
static const ent_shape reservation = {.kind = ENT_SHAPE_EITHER,
                                      .what = "a number, a range [lo, hi] or {value, private}",
                                      .def = "reservation",
                                      .of = {[ENT_SCALAR] = &ent_interval_shape,
                                             [ENT_LIST] = &ent_interval_shape,
                                             [ENT_MAP] = &marked_reservation}};

static const ent_key_row party_keys[] = {
    {"approval", &ent_approval_shape, false, HERE,
     "For an approver that votes: how many votes it takes, whose, and who has a veto."},
    {"approves", &refs, false, HERE, "For an approver: the issues that need its consent."},
    {"color", &color, false, AT(ent_party, color), "Marks the party in figures: \"#rrggbb\"."},
    {"name", &text, false, AT(ent_party, name), "The name that readers see."},
    {"reservation", &reservation, false, HERE,
     "How much better than the status quo a deal must be, as a share of all that the party has at "
     "stake: a number or a range [lo, hi]. 0 when left out. Beside a `utility`: in its unit, and "
     "what the status quo is worth when left out."},
    {"role", &role, false, AT(ent_party, role),
     "decider: must accept every deal (the default); approver: must accept the deals that move an "
     "issue in `approves`; observer: has stakes and no say."},
    {"utility", &utility, false, HERE,
     "Where every value of the party is known: for each issue the worth of its options or items, "
     "or of the two ends of a range. What is not named is worth 0."},
};
const ent_shape ent_party_shape = {KEYS(party_keys), .what = "a party", .def = "party"};
static const ent_shape parties = {.kind = ENT_SHAPE_MAP,
                                  .what = "a map from names to parties",
                                  .of = {&ent_party_shape},
                                  .most = ENT_MOST_CASE_PARTIES,
                                  .defines = true};

static const ent_key_row person_keys[] = {
    {"for", &ref, false, HERE, "The party that the person speaks for; nobody when left out."},
    {"name", &text, false, AT(ent_person, name), "The name that readers see."},
    {"title", &text, false, AT(ent_person, title), "Office or affiliation."},
};
const ent_shape ent_person_shape = {KEYS(person_keys), .what = "a person", .def = "person"};
static const ent_shape people = {.kind = ENT_SHAPE_MAP,
                                 .what = "a map from names to people",
                                 .of = {&ent_person_shape},
                                 .most = ENT_MOST_PEOPLE,
                                 .defines = true};

static const ent_key_row source_keys[] = {
    {"author", &text, false, AT(ent_source, author), "Who wrote it."},
    {"date", &date, false, AT(ent_source, date), "When it was published."},
    {"file", &file, false, AT(ent_source, file),
     "A text beside the case, in which every quote and report from this source must occur."},
    {"private", &flag, false, AT(ent_source, is_private),
     "true: `--redact` keeps it, and all words from it, out of what is given away."},
    {"publisher", &text, false, AT(ent_source, publisher), "Who published it."},
    {"reliability", &reliability, false, HERE,
     "Admiralty scale: A completely reliable to E unreliable, F cannot be judged."},
    {"title", &text, false, AT(ent_source, title), "Its title."},
    {"url", &url, false, AT(ent_source, url), "Where it can be read."},
};
const ent_shape ent_source_shape = {KEYS(source_keys), .what = "a source", .def = "source"};
static const ent_shape sources = {.kind = ENT_SHAPE_MAP,
                                  .what = "a map from names to sources",
                                  .of = {&ent_source_shape},
                                  .most = ENT_MOST_SOURCES,
                                  .defines = true};

/* ---- Issues ------------------------------------------------------------------------------- */

static const ent_key_row figure_keys[] = {
    {"source", &ref, false, HERE, "Where the figure stands: a name from `sources`."},
    {"value", &ent_interval_shape, true, HERE, "The figure, or a range [lo, hi]."},
};
const ent_shape ent_figure_shape = {KEYS(figure_keys), .what = "a figure", .def = "figure"};
static const ent_shape measure = {.kind = ENT_SHAPE_EITHER,
                                  .what = "a number, a range [lo, hi] or {value, source}",
                                  .def = "measure",
                                  .of = {[ENT_SCALAR] = &ent_interval_shape,
                                         [ENT_LIST] = &ent_interval_shape,
                                         [ENT_MAP] = &ent_figure_shape}};
static const ent_shape item_sizes = {.kind = ENT_SHAPE_MAP,
                                     .what = "a map from metrics to figures",
                                     .of = {&measure},
                                     .most = ENT_MOST_METRICS,
                                     .defines = true};
static const ent_shape by_option = {.kind = ENT_SHAPE_MAP,
                                    .what = "a map from options to figures",
                                    .of = {&measure},
                                    .most = ENT_MOST_OPTIONS};
static const ent_shape issue_sizes = {.kind = ENT_SHAPE_MAP,
                                      .what = "a map from metrics to figures of the options",
                                      .of = {&by_option},
                                      .most = ENT_MOST_METRICS,
                                      .defines = true};
static const ent_shape options = {.kind = ENT_SHAPE_LIST,
                                  .what = "a list of at least two options",
                                  .of = {&name},
                                  .least = 2,
                                  .most = ENT_MOST_OPTIONS};
static const ent_key_row item_keys[] = {
    {"name", &text, false, HERE, "The name that readers see."},
    {"sizes", &item_sizes, false, HERE, "How large the item is, by one metric or several."},
};
const ent_shape ent_item_shape = {KEYS(item_keys), .what = "an item", .def = "item"};
static const ent_shape item_list = {.kind = ENT_SHAPE_LIST,
                                    .what = "a list of at least one item",
                                    .of = {&name},
                                    .least = 1,
                                    .most = ENT_MOST_OPTIONS};
static const ent_shape item_map = {.kind = ENT_SHAPE_MAP,
                                   .what = "a map of at least one item",
                                   .of = {&ent_item_shape},
                                   .least = 1,
                                   .most = ENT_MOST_OPTIONS,
                                   .defines = true};
static const ent_shape items = {.kind = ENT_SHAPE_EITHER,
                                .what = "a list or a map of items",
                                .of = {[ENT_LIST] = &item_list, [ENT_MAP] = &item_map}};
static const ent_key_row range_keys[] = {
    {"from", &number, true, AT(ent_issue, from), "The status quo."},
    {"step", &number, true, AT(ent_issue, step), "The smallest change; divides `to` less `from`."},
    {"to", &number, true, AT(ent_issue, to), "The most that can be given; above `from`."},
    {"unit", &text, false, AT(ent_issue, unit), "What is counted: months, euros, %."},
};
const ent_shape ent_range_shape = {KEYS(range_keys),
                                   .what = "a range",
                                   .form = "{from: 0, to: 100, step: 5}"};
static const char *const signs[] = {"+", "-", NULL};
static const ent_shape sign = {.kind = ENT_SHAPE_WORD, .what = "\"+\" or \"-\"", .words = signs};
static const ent_shape stakes = {.kind = ENT_SHAPE_MAP,
                                 .what = "a map from parties to \"+\" or \"-\"",
                                 .of = {&sign},
                                 .most = ENT_MOST_CASE_PARTIES};
static const ent_shape shares_by_part = {.kind = ENT_SHAPE_MAP,
                                         .what = "a map from options or items to shares",
                                         .of = {&share},
                                         .most = ENT_MOST_OPTIONS};
static const ent_shape undo = {.kind = ENT_SHAPE_EITHER,
                               .what = "a number from 0 to 1, or a map from options or items",
                               .of = {[ENT_SCALAR] = &share, [ENT_MAP] = &shares_by_part}};
static const ent_shape units = {.kind = ENT_SHAPE_MAP,
                                .what = "a map from metrics to units",
                                .of = {&text},
                                .most = ENT_MOST_METRICS};
static const ent_shape unit = {.kind = ENT_SHAPE_EITHER,
                               .what = "a text or a map from metrics to texts",
                               .of = {[ENT_SCALAR] = &text, [ENT_MAP] = &units}};
static const ent_key_row issue_keys[] = {
    {"by", &ref_or_refs, false, HERE, "The party or parties that give it; giving costs."},
    {"for", &ref_or_refs, false, HERE, "The party or parties that get it."},
    {"items", &items, false, HERE, "Any subset of these; the status quo is none of them."},
    {"name", &text, false, AT(ent_issue, name), "The name that readers see."},
    {"options", &options, false, HERE,
     "Names in the order of growing scope; the first is the status quo."},
    {"range", &ent_range_shape, false, HERE, "A number that rises from the status quo in steps."},
    {"sizes", &issue_sizes, false, HERE,
     "With `options`: metric -> option -> figure, of the option as a whole."},
    {"stakes", &stakes, false, HERE, "Other parties that would gain (\"+\") or lose (\"-\")."},
    {"undo", &undo, false, HERE,
     "Share of the value that returns to the giver if the exchange collapses later: 0 for what is "
     "destroyed, 1 for what snaps back. One number, or a map from options or items."},
    {"unit", &unit, false, HERE, "The unit of a range, or a map from metrics of `sizes` to units."},
};
static const char *const issue_kinds[] = {"options", "items", "range", NULL};
const ent_shape ent_issue_shape = {
    KEYS(issue_keys), .what = "an issue", .def = "issue", .one_of = issue_kinds};
static const ent_shape issues = {.kind = ENT_SHAPE_MAP,
                                 .what = "a map of at least one issue",
                                 .of = {&ent_issue_shape},
                                 .least = 1,
                                 .most = ENT_MOST_ISSUES,
                                 .defines = true};

/* ---- Claims ------------------------------------------------------------------------------- */

static const ent_shape ranked = {.kind = ENT_SHAPE_LIST,
                                 .what = "a list of at least two issues",
                                 .of = {&ref},
                                 .least = 2,
                                 .most = ENT_MOST_ISSUES};
static const ent_shape weighed = {.kind = ENT_SHAPE_MAP,
                                  .what = "a map from issues to shares",
                                  .of = {&ent_share_shape},
                                  .least = 1,
                                  .most = ENT_MOST_ISSUES};

/* By what stands behind the verb: the shape of its object and of its partner. */
static const ent_shape *const objects[ENT_OBJECT_COUNT] = {
    [ENT_OBJECT_PACKAGE] = &package,         [ENT_OBJECT_ISSUES] = &ranked,
    [ENT_OBJECT_WEIGHTS] = &weighed,         [ENT_OBJECT_INTERVAL] = &ent_interval_shape,
    [ENT_OBJECT_PARTY] = &ref,
};
static const ent_shape *const partners[ENT_OBJECT_COUNT] = {
    [ENT_OBJECT_PACKAGE] = &package,
    [ENT_OBJECT_PARTY] = &ent_share_shape,
};

const ent_shape ent_claim_shape = {.kind = ENT_SHAPE_CLAIM,
                                   .what = "a claim",
                                   .form = "{party: us, offers: {relief: full}}",
                                   .def = "claim",
                                   .of = {&ref, &ref_or_refs},
                                   .objects = objects,
                                   .partners = partners};
static const ent_shape claims = {.kind = ENT_SHAPE_LIST,
                                 .what = "a list of claims",
                                 .of = {&ent_claim_shape},
                                 .most = ENT_MOST_CLAIMS};

/* ---- Statements, assumptions, accounts ---------------------------------------------------- */

static const char *const bases[] = {"stated", "inferred", NULL};
static const ent_shape basis = {
    .kind = ENT_SHAPE_WORD, .what = "`stated` or `inferred`", .words = bases};
static const ent_shape credibility = {
    .kind = ENT_SHAPE_COUNT,
    .what = "a number from 1 to 6",
    .form = "1 (confirmed by others) to 5 (improbable), or 6 (cannot be judged)",
    .low = 1,
    .high = 6};
static const ent_key_row statement_keys[] = {
    {"about", &date, false, AT(ent_statement, about),
     "The time that the words speak of, where that is not when they were said."},
    {"by", &ref, true, HERE, "Who said it: a person or a party."},
    {"claims", &claims, false, HERE, "What the words say about the parties' preferences."},
    {"credibility", &credibility, false, AT(ent_statement, credibility),
     "Admiralty scale: 1 confirmed by others to 5 improbable, 6 cannot be judged."},
    {"date", &date, false, AT(ent_statement, date),
     "When it was said: a day, or a time with its zone."},
    {"date-basis", &basis, false, HERE, "stated (the default) or inferred."},
    {"editorial", &text, false, HERE, "A remark of the writer, instead of `quote`."},
    {"id", &name, true, AT(ent_statement, id), "Its name."},
    {"private", &flag, false, AT(ent_statement, is_private), PRIVATE_HELP},
    {"quote", &text, false, HERE, "The words, verbatim."},
    {"reported", &text, false, HERE, "The words as a paraphrase, instead of `quote`."},
    {"source", &ref, false, HERE, "Where it is found: a name from `sources`."},
    {"supersedes", &ref_or_refs, false, HERE,
     "Earlier statements of the same side that this one withdraws or replaces."},
    {"via", &text, false, AT(ent_statement, via), "Through whom the words came."},
};
const ent_shape ent_statement_shape = {
    KEYS(statement_keys), .what = "a statement", .def = "statement"};
static const ent_shape statements = {.kind = ENT_SHAPE_LIST,
                                     .what = "a list of statements",
                                     .of = {&ent_statement_shape},
                                     .most = ENT_MOST_STATEMENTS};

static const ent_key_row assumption_keys[] = {
    {"because", &text, false, AT(ent_statement, because), "Why the analyst assumes it."},
    {"claims", &claims, true, HERE, "What is assumed about the parties' preferences."},
    {"id", &name, true, AT(ent_statement, id), "Its name."},
    {"name", &text, false, AT(ent_statement, name), "The name that readers see."},
    {"private", &flag, false, AT(ent_statement, is_private), PRIVATE_HELP},
    {"source", &ref, false, HERE, "What it rests on: a name from `sources`."},
};
const ent_shape ent_assumption_shape = {
    KEYS(assumption_keys), .what = "an assumption", .def = "assumption"};
static const ent_shape assumptions = {.kind = ENT_SHAPE_LIST,
                                      .what = "a list of assumptions",
                                      .of = {&ent_assumption_shape},
                                      .most = ENT_MOST_STATEMENTS};

static const ent_key_row account_keys[] = {
    {"believes", &refs, true, HERE, "Parties, statements and assumptions: the core to believe."},
    {"name", &text, false, AT(ent_account_def, name), "The name that readers see."},
    {"only", &flag, false, HERE, "true: the account keeps to what `believes` names."},
};
const ent_shape ent_account_shape = {KEYS(account_keys), .what = "an account", .def = "account"};
static const ent_shape accounts = {.kind = ENT_SHAPE_MAP,
                                   .what = "a map from names to accounts",
                                   .of = {&ent_account_shape},
                                   .most = ENT_MOST_ACCOUNTS,
                                   .defines = true};

/* ---- The case ----------------------------------------------------------------------------- */

static const ent_shape count = {
    .kind = ENT_SHAPE_COUNT, .what = "a number from 0", .low = 0, .high = 1000000};
static const char *const effects_words[] = {"left-out", "kept", NULL};
static const ent_shape effects = {
    .kind = ENT_SHAPE_WORD, .what = "`left-out` or `kept`", .words = effects_words};
#define HELD_BACK(what) "How many " what " `--redact` held back."
static const ent_key_row withheld_keys[] = {
    {"accounts", &count, false, AT(ent_withheld, accounts), HELD_BACK("accounts")},
    {"assumptions", &count, false, AT(ent_withheld, assumptions), HELD_BACK("assumptions")},
    {"effects", &effects, false, AT(ent_withheld, effects),
     "left-out: nothing here rests on it (the default); kept: what follows from it is here."},
    {"figures", &count, false, AT(ent_withheld, figures), HELD_BACK("figures of `sizes`")},
    {"packages", &count, false, AT(ent_withheld, packages), HELD_BACK("named packages")},
    {"people", &count, false, AT(ent_withheld, people), HELD_BACK("people")},
    {"reservations", &count, false, AT(ent_withheld, reservations), HELD_BACK("reservations")},
    {"sources", &count, false, AT(ent_withheld, sources), HELD_BACK("sources")},
    {"statements", &count, false, AT(ent_withheld, statements), HELD_BACK("statements")},
};
const ent_shape ent_withheld_shape = {KEYS(withheld_keys),
                                      .what = "what was withheld",
                                      .form = "{statements: 2}",
                                      .def = "withheld"};

static const char *const versions[] = {"1", NULL};
static const ent_shape version = {
    .kind = ENT_SHAPE_WORD, .what = "1, the version of the format", .words = versions};
static const ent_key_row case_keys[] = {
    {"accounts", &accounts, false, HERE, "Which statements are believed together."},
    {"as-of", &date, false, AT(ent_case, as_of), "The day up to which the record goes."},
    {"assumptions", &assumptions, false, HERE, "What the analyst adds, with the reason."},
    {"entente", &version, true, HERE, "The version of the format: 1."},
    {"issues", &issues, true, HERE, "What could be given and got."},
    {"packages", &packages, false, HERE, "Named packages, for use in claims."},
    {"parties", &parties, true, HERE, "Who decides, who must consent, who looks on."},
    {"people", &people, false, HERE, "Who speaks."},
    {"rules", &rules, false, HERE, "Which outcomes cannot be."},
    {"sources", &sources, false, HERE, "Where the words come from."},
    {"statements", &statements, false, HERE, "The record: who said what, and when."},
    {"summary", &text, false, AT(ent_case, summary), "What the case is about."},
    {"title", &text, true, AT(ent_case, title), "The title of the case."},
    {"withheld", &ent_withheld_shape, false, HERE,
     "Written by `--redact`: what was private and is not here."},
};
const ent_shape ent_case_shape = {KEYS(case_keys), .what = "a case"};
