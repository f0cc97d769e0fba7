/* Codes of case files. Rows are sorted; see base/codes.h. */
ENT_CODE(SYNTAX, C101, "not valid YAML or JSON",
         "The file does not follow the syntax of YAML 1.2 or JSON at this place.")
ENT_CODE(YAML_FEATURE, C102, "a part of YAML that case files do without",
         "Anchors, aliases, tags, merge keys, directives, keys that are no text and a second "
         "document make a file mean something else than it seems to say. Write things out.")
ENT_CODE(UNKNOWN_NAME, C103, "no such name",
         "Every name that is used must be defined in the same file: parties, people, sources, "
         "issues with their options and items, packages, statements. Names are case sensitive.")
ENT_CODE(UNKNOWN_KEY, C104, "no such key",
         "The format knows no such key here. docs/FORMAT.md lists the keys of each part. Inside "
         "{...} a comma ends a value, so a text that holds one needs quotation marks.")
ENT_CODE(KEY_TWICE, C105, "a duplicate key",
         "A map holds each key once. Of two values one would be lost without a word.")
ENT_CODE(MISSING_KEY, C106, "a key is missing",
         "This part of a case cannot do without the key that the message names.")
ENT_CODE(WRONG_KIND, C107, "a value of another kind",
         "A text stands where a number should, a list where a map should, or nothing at all. "
         "A value that begins with # is a comment unless it is in quotation marks.")
ENT_CODE(OUT_OF_RANGE, C108, "a number out of its range",
         "Shares and probabilities run from 0 to 1, credibility from 1 to 6.")
ENT_CODE(BAD_NAME, C109, "not usable as a name",
         "A name starts with a letter or digit and goes on with letters, digits, `-`, `_` and "
         "`.`, at most 100 in all; `all` and `none` cannot name an item. The words for readers "
         "go into `name`.")
ENT_CODE(NAME_TWICE, C110, "a name is defined twice",
         "Parties and people share one set of names, statements and assumptions another; the "
         "options or items of an issue are a third. Within each a name stands once.")
ENT_CODE(NAMES_ALIKE, C111, "two names differ in capitals only",
         "Names are case sensitive, so both are valid, and the one is easily taken for the other.")
ENT_CODE(BAD_DATE, C112, "not a date",
         "A date is 2019-02-28 or shorter; a time of day needs its zone, as in "
         "2019-02-28T14:15+07:00 or 2019-02-28T07:15:00.250Z. The hint names the wrong part.")
ENT_CODE(BAD_WORD, C113, "not one of the words allowed here",
         "The key takes one of a few words; the hint lists them.")
ENT_CODE(BAD_COLOR, C114, "not a colour",
         "A colour is \"#rrggbb\" in quotation marks: without them, # begins a comment.")
ENT_CODE(BACKWARDS, C115, "a range runs backwards",
         "In [lo, hi] the smaller number stands first.")
ENT_CODE(TAB, C116, "a tab",
         "YAML forbids tabs in indentation, and elsewhere they look like spaces and are none. "
         "Use spaces; within double quotation marks, \\t stands for a tab.")
ENT_CODE(TOO_MUCH, C117, "more than the format allows",
         "A file holds at most 4,000,000 values nested at most 64 deep, in lines of at most "
         "256 KiB. A case holds at most 64 parties, 4,096 issues, 65,536 parts of issues and "
         "100,000 statements.")
ENT_CODE(TOO_FEW, C118, "too few entries",
         "An issue with options has at least two, of which the first is the status quo; an issue "
         "with items has at least one; a ranking has at least two issues.")
ENT_CODE(BAD_PLACE, C119, "an address or file name that is not allowed",
         "A `url` begins with http:// or https://. A `file` is relative and stands in the folder "
         "of the case or below it, so that a case from elsewhere cannot read other files.")
ENT_CODE(ISSUE_KIND, C120, "an issue needs one kind",
         "Each issue has exactly one of `options`, `items` and `range`; `sizes` of the issue as a "
         "whole go with `options`, those of items stand in the items.")
ENT_CODE(BAD_RANGE, C121, "a range that cannot be",
         "A range runs upwards from the status quo, `from` below `to`, and `step` divides the "
         "distance into at most 1,000,000,000 steps. What falls is written as what is given: not "
         "a price from 100 down to 80 but a rebate from 0 to 20.")
ENT_CODE(OFF_GRID, C122, "a value that the issue does not have",
         "The value of a range issue lies between `from` and `to`, on a step. An issue with "
         "options takes one option; items take a list, one item, `all` or `none`.")
ENT_CODE(NOBODY_GIVES, C123, "an issue that nobody gives",
         "An issue needs a giver (`by`) or a getter (`for`). What is decided by nobody at the "
         "table is no issue but part of the setting.")
ENT_CODE(TWO_STAKES, C124, "a party appears twice in one issue",
         "A party gives an issue, gets it, or has a stake in it, and only one of these. If it both "
         "gives and gets, make two issues.")
ENT_CODE(APPROVES, C125, "`approves` and the role do not fit",
         "An approver names in `approves` the issues that need its consent; nobody else may.")
ENT_CODE(TOO_FEW_DECIDERS, C126, "fewer than two deciders",
         "A negotiation has at least two parties that must accept: parties are deciders unless "
         "their role says otherwise.")
ENT_CODE(BAD_APPROVAL, C127, "a voting rule that cannot be",
         "`approval` says how many `votes` it takes, `of` how many members. `members` are the "
         "parties whose votes are modelled, each once and none a council itself; `veto` lists "
         "some of them. `others` votes come from members that are not named.")
ENT_CODE(TWO_WORDINGS, C130, "two kinds of words in one statement",
         "A statement holds one of `quote` (verbatim), `reported` (a paraphrase) and `editorial` "
         "(the writer's remark). Two passages are two statements.")
ENT_CODE(NO_VERB, C131, "a claim without a verb",
         "A claim is a party, a verb and its object: {party: us, refuses: {relief: full}}. A "
         "statement that makes no claim leaves `claims` out.")
ENT_CODE(TWO_VERBS, C132, "a claim with two verbs",
         "Each claim says one thing. Write a second claim under the first.")
ENT_CODE(STRAY_KEY, C133, "a key that the verb does not take",
         "`for` goes with `offers` and `demands`, `over` with `prefers`, `at` with `trusts`; and "
         "`rest` with a package that somebody takes or refuses as a whole.")
ENT_CODE(BOTH_WAYS, C134, "an issue on both sides of an exchange",
         "`offers` and `demands` take their package and that of `for` together, so each issue "
         "stands in one of them only.")
ENT_CODE(TRUSTS_ITSELF, C135, "a party that trusts itself",
         "`trusts` names the other party whose performance is in doubt.")
ENT_CODE(NAMED_AND_OPEN, C136, "an issue is named and left open",
         "`rest` lists issues that the claim does not name: what is named was said, all items of "
         "the issue too. `rest: open` opens whatever is not named.")
ENT_CODE(LINE_OF_OTHERS, C137, "a line about what the others give",
         "`never` is about what the party gives or loses and `requires` about what it gets: more "
         "of what it only gets is never against a party, and what it only gives is no must-have "
         "of its. A package that is too little is `refuses`; what it would give is `offers`.")
ENT_CODE(LINE_OF_NOTHING, C138, "a line at the status quo",
         "Every outcome reaches the status quo, so `never` and `cannot` of it leave nothing at "
         "all, and `requires` of it asks for nothing.")
ENT_CODE(WITHDRAWAL, C139, "a withdrawal that cannot be",
         "`supersedes` names earlier statements of the same side, or of the same speaker where "
         "that is nobody's. Both need a `date`; the withdrawn one's may not end later. Nothing "
         "withdraws itself, nor do two statements each other.")
ENT_CODE(ABOUT_LATER, C140, "words about a time after they were said",
         "`about` is the time that the words speak of, where that is not `date`, when they were "
         "said: a report of last year's offer is `date` this year, `about` last year.")
ENT_CODE(BELIEVES_NOTHING, C141, "an account that believes nothing",
         "With `only: true` an account keeps to what `believes` names, and that is nothing.")
ENT_CODE(SUPPOSITION, C142, "not a supposition",
         "`--suppose` takes a claim as in a case, {party: us, never: {relief: full}}, or a party, "
         "one of `accepts`, `refuses`, `never` and `requires`, and a package: its name, or "
         "issue=option,issue=item+item,issue=3.5.")
ENT_CODE(CANNOT_REDACT, C143, "an invalid case cannot be redacted",
         "`--redact` leaves out what is marked `private: true`. In a case with errors it is not "
         "known what that is, and a message would quote the lines it is about.")
ENT_CODE(WITHHELD, C144, "something was withheld",
         "`--redact` left out what is marked `private: true`: statements, assumptions, sources "
         "with all words from them, and reservations; and people, packages and accounts that "
         "stand nowhere else. Comments are left out as well.")
ENT_CODE(CONFLICT_LEFT, C145, "a conflict that nobody settled",
         "`entente merge`, like git, writes what both changed twice: between the lines that begin "
         "with <<<<<<< and =======, and between ======= and >>>>>>>. Keep one, or make one of the "
         "two, and delete the three marks.")
ENT_CODE(NO_SOURCE, C150, "words without a source",
         "The case names its sources, but these words have none. Add `source`, so that a reader "
         "can check them.")
ENT_CODE(NO_WORDS, C151, "a statement without words",
         "Without `quote`, `reported` or `editorial` a reader cannot see what a claim rests on.")
ENT_CODE(NOT_IN_SOURCE, C152, "words that the source does not hold",
         "The source has a `file`, and these words do not occur in it word for word. Not compared "
         "are kinds of spaces, dashes and quotation marks, forms that look alike (ligatures, "
         "composed letters), hyphens at line ends, bullets and marks of emphasis; `[...]` stands "
         "for what was left out. A remark of your own is `editorial`.")
ENT_CODE(NO_STAKE, C153, "a claim about something the party has no stake in",
         "The importance of an issue is 0 for a party that neither gives nor gets it nor has a "
         "stake in it, so the claim says nothing, or nothing that can be true.")
ENT_CODE(WRONG_GIVER, C154, "something is offered or demanded the wrong way round",
         "`offers` holds what the party gives and `for` what it gets; `demands` holds what it gets "
         "and its `for` what it gives. `by` and `for` of the issue say who gives and gets. What "
         "others add to an exchange may stand in either part, but not in what is demanded: a step "
         "less of it would be no worse, and `demands` says that it is refused.")
ENT_CODE(CUT_TEXT, C155, "a text that ` #` may have cut",
         "In a text without quotation marks, a # after a space begins a comment, and what follows "
         "is lost. Put the text in quotation marks, or the comment in a line of its own.")
ENT_CODE(EMPTY_RECORD, C156, "nothing is on record yet as of that day",
         "Every dated statement is later than `as-of`, so none of them counts.")
ENT_CODE(IDLE_RULE, C157, "a rule without effect",
         "Whatever reaches the `if` of this rule reaches its `then` anyway.")
ENT_CODE(NOTHING_LEFT, C158, "not even the status quo is left",
         "Every outcome, the status quo included, reaches this package: a rule whose `if` is the "
         "status quo binds all outcomes.")
ENT_CODE(NO_BECAUSE, C159, "an assumption without a reason",
         "Say in `because` why it is assumed: it is the part of the case that others will ask "
         "about first.")
ENT_CODE(IDLE_PARTY, C160, "a party without a stake",
         "The party neither gives nor gets any issue, nor has a stake in one, so every outcome is "
         "worth 0 to it.")
ENT_CODE(NO_SOURCE_TEXT, C161, "the text of a source cannot be read",
         "The source names a `file` that is not there, cannot be read or is no text in UTF-8 (a "
         "PDF, a Word document, a web page), so its quotes were not compared with it. Searches in "
         "source texts also end at 4 GiB in all.")
ENT_CODE(COUNCIL, C162, "a council that its members do not settle",
         "A council consents as its members do: stakes, a reservation and claims of its own change "
         "nothing. Where the named members have too few votes, no deal has its consent for "
         "certain: name more members, or say in `others` how many more votes there would be, and "
         "in `because` why.")
ENT_CODE(BELIEVES_WITHDRAWN, C163, "an account believes what was withdrawn",
         "A statement that another supersedes counts nowhere while the later one counts, whatever "
         "`believes` says. To look at the record before, use --as-of or --without.")
ENT_CODE(OWN_CANNOT, C164, "a side's own `cannot`",
         "`cannot` is for what nobody could do, by law or physics, and takes it from every "
         "account. What a side will not give, whatever it gets, is its red line: `never`.")
ENT_CODE(VAGUE_DATE, C165, "a vaguer date counts as the later one",
         "Statements are ordered by the end of the time that they speak of, so one dated 2019-02 "
         "counts as newer than one dated 2019-02-20, and its word is taken for the last.")
ENT_CODE(LATER_BY_FORM, C166, "a date that ends after `as-of`",
         "A statement counts as of a day if its own date has ended by the end of that day in UTC. "
         "A month or a year that goes on, or an evening west of Greenwich, has not.")
ENT_CODE(ROUNDED_SHARES, C167, "importances that do not add up to 1",
         "The importances of all issues in which a party has a stake add up to 1. Shares that "
         "people say are rounded; pinned as numbers, they leave no world that fits.")
ENT_CODE(ALMOST_IN_SOURCE, C168, "words that something printed parts",
         "The words were found where lines at the foot or head of a page, a footnote mark or the "
         "number of a list stand between them. See that nothing else was passed over.")
ENT_CODE(TURNED_TEXT, C169, "a text that reads other than it is written",
         "The text holds a control of the direction of writing (U+202A to U+202E, U+2066 to "
         "U+2069), by which words read backwards or in another order on the screen. Output for "
         "people shows such controls as escapes.")
