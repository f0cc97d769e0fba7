/* Codes of exact scenarios. Rows are sorted; see base/codes.h. */
ENT_CODE(BAD_SCENARIO, S101, "not a scenario",
         "The folder or file does not hold a negotiation scenario that Entente can read.")
ENT_CODE(XML_SYNTAX, S102, "not valid XML",
         "The file does not follow the syntax of XML at this place.")
ENT_CODE(XML_ENTITY, S103, "an XML entity",
         "Files may not declare entities or refer to some that stand elsewhere: they can grow "
         "without bound and reach into other files. The five that XML has itself (&amp; &lt; "
         "&gt; &quot; &apos;) and character numbers are fine.")
ENT_CODE(TOO_MUCH, S104, "more than a scenario may hold",
         "A file holds at most 64 MiB and 4,000,000 values nested at most 64 deep; a scenario at "
         "most 4,096 issues of 4,000,000 levels each, 16,000,000 levels for all its parties "
         "together, 1,024 parties, 16,000,000 table values, and no finite number beyond 1e100 in "
         "size.")
ENT_CODE(NO_DOMAIN, S105, "no domain",
         "A scenario's folder holds one domain file, which names the issues and their values, and "
         "a profile for each party.")
ENT_CODE(NO_PROFILE, S106, "no profile",
         "A scenario needs at least one profile: a party's utilities.")
ENT_CODE(OTHER_DOMAIN, S107, "a profile of another domain",
         "The profile's issues or values are not those of the domain beside it.")
ENT_CODE(MISSING_PART, S108, "something is missing",
         "The format asks for a part that is not there, and nothing can stand for it.")
ENT_CODE(BAD_NUMBER, S109, "not a number",
         "A finite decimal number should stand here, or one within the bounds that are said.")
ENT_CODE(BAD_RANGE, S110, "a range that holds nothing",
         "The lower bound must be below the upper one.")
ENT_CODE(UNSUPPORTED, S111, "a kind that is not read",
         "The format knows this kind of issue, function or profile, but Entente does not compute "
         "with it.")
ENT_CODE(NAME_TWICE, S112, "a duplicate name",
         "Issues of a domain need different names, and so do an issue's values.")
ENT_CODE(CANNOT_HOLD, S113, "the target cannot hold it",
         "The format that is to be written has no way to say this, so that nothing was written.")
ENT_CODE(TWO_READINGS, S130, "two readings fit",
         "A table can be read in more than one way and nothing in it decides. The message says the "
         "readings and the hint the option that chooses: --layout, --utilities, --decimal, "
         "--reservation-row, --skip-rows or --sheet.")
ENT_CODE(MISSING_CELL, S131, "a cell is missing",
         "A cell that should hold something is empty or says that nothing is known. Missing is "
         "never zero, and a party never goes missing for one cell: write the value, or leave the "
         "row out with --skip-rows.")
ENT_CODE(BAD_WORKBOOK, S132, "a workbook that cannot be read",
         "The file is not what its ending says, is damaged, is protected by a password, or this "
         "program was built without the library that opens workbooks. Saving it as .csv always "
         "helps.")
ENT_CODE(NO_COLUMN, S133, "a column is missing",
         "A table of statements has a column `by` that says who spoke, and a column for each "
         "issue; a log of offers has one for the day, one for the speaker and the issues. "
         "docs/IMPORT.md lists all columns; `entente new --csv` prints a table to start from.")
ENT_CODE(METHOD_DOES_NOT_FIT, S180, "the method does not fit the scenario",
         "Each method needs a structure: `merge` sums over the issues, `cliques` sums of boxes and "
         "tables, `thresholds` the least or greatest of boxes for every party, `adjusted-winner` "
         "two parties and items that one or the other gets.")
ENT_CODE(TOO_MANY_PARTIES, S181, "too many parties",
         "Frontiers are found for 1 to 20 parties.")
ENT_CODE(BAD_POINTS, S182, "points that cannot be divided by",
         "Adjusted Winner takes items with a number of points, 0 or more, from each of two "
         "parties; both must give some.")
ENT_CODE(NO_STATISTICS, S183, "statistics that cannot be written",
         "NegMAS keeps statistics of all outcomes and of the whole frontier. Where the frontier is "
         "not proved complete, or the outcomes are too many to look through, nothing is written "
         "rather than a file that says what nobody knows.")
ENT_CODE(LEFT_OUT, S201, "left out",
         "Something in the folder or the file is no part of the scenario and was left out.")
ENT_CODE(ODD_ISSUE, S202, "an odd issue",
         "The issue is not declared as the format asks; it was read in the only way that makes "
         "sense.")
ENT_CODE(ODD_VALUE, S203, "an odd value",
         "A value appears twice, is spelt in two ways, or has no evaluation.")
ENT_CODE(ODD_WEIGHT, S204, "odd weights",
         "The weights do not sum to 1, or one belongs to no issue. Weights are taken as they "
         "stand, as the format's own program does.")
ENT_CODE(ODD_NUMBER, S205, "an odd number",
         "A discount or a reservation value lies outside what the format means by it.")
ENT_CODE(MANY_PROFILES, S206, "many profiles",
         "The folder holds more profiles than two. All take part; name those that should.")
ENT_CODE(DISCRETISED, S207, "a continuous issue cut into levels",
         "Exact answers need finitely many values: a continuous issue is cut into equal steps.")
ENT_CODE(LOST, S208, "lost in the conversion",
         "The format that was written cannot hold this part of the scenario, or asks for something "
         "that the scenario does not say and that had to be made up.")
ENT_CODE(UNCERTAIN, S209, "an uncertain profile",
         "In Genius the agent of such a profile does not see its values, but a ranking of some of "
         "the outcomes, with a number of errors. Here the values that stand under it are taken as "
         "known.")
ENT_CODE(NOT_QUITE_XML, S210, "not quite XML",
         "The file breaks a rule of XML that the program it was written for does not ask for: an "
         "`&` that begins no entity, or bytes of Windows-1252. It is read as that program reads "
         "it.")
ENT_CODE(LINES_ASIDE, S211, "a line that does not act here",
         "An exact scenario of a case (`frontier`, `tournament`, `convert`) holds what outcomes "
         "are worth to whom, in one world and without accounts. Lines (`never`, `requires`, "
         "`cannot`) are statements that accounts believe, and do not act in it; they do in "
         "`deals`, `bridge`, `haggle` and all other questions about the case.")
ENT_CODE(ENCODING, S230, "the encoding was guessed",
         "The bytes are not UTF-8. They were read as Windows-1252, in which western European "
         "spreadsheets save; save the file as UTF-8 where names look wrong.")
ENT_CODE(ODD_TABLE, S231, "something odd in a table",
         "The table was read in the way that is said, but something in it looks like another "
         "meaning; the hint names the option that changes it.")
ENT_CODE(ROW_NOT_WHOLE, S232, "a row that was not read whole",
         "Something in the row cannot be part of a statement as it stands. Nothing is lost: what "
         "could be read stands in the case, and the row's cells beside it as a comment with TODO.")
ENT_CODE(NOT_IN_TABLE, S233, "the table does not say",
         "A case says who gives and who gets what an issue is about, and what is so today. Where "
         "the table does not, nothing is made up: the case has a line with TODO in that place.")
ENT_CODE(ODD_REFERENCE, S234, "something odd in a reference",
         "What could be read of the reference is a source of the case, and what could not is told "
         "with its place. docs/IMPORT.md says what becomes of which field.")
ENT_CODE(NO_PLACE, S235, "fields that a source has no place for",
         "A source has a title, an author, a publisher, a date and a web address. All other fields "
         "of a reference stand as comments beside it.")
ENT_CODE(NO_REFERENCES, S236, "no references",
         "References are read from BibTeX and biblatex (.bib), RIS (.ris) and CSL JSON (.json), as "
         "Zotero, EndNote, JabRef, Mendeley and others export them.")
ENT_CODE(KNOWN_SOURCE, S237, "sources that the case has",
         "What the case says of a source stays: of the references that are put into it those are "
         "left out whose name is taken.")
