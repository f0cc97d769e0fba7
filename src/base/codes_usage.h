/* Codes of usage. Rows are sorted; see base/codes.h. */
ENT_CODE(UNKNOWN_COMMAND, U101, "no such command",
         "The first word after `entente` names a command; `entente help` lists them.")
ENT_CODE(UNKNOWN_OPTION, U102, "no such option",
         "The command does not know this option; `entente COMMAND --help` lists its options.")
ENT_CODE(BAD_VALUE, U103, "a value that the option cannot take",
         "The option was given a value outside its range or of another kind.")
ENT_CODE(MISSING_ARGUMENT, U104, "something is missing",
         "The command needs one more argument; `entente COMMAND --help` shows its form.")
ENT_CODE(NO_SUCH_NAME, U105, "no such name in the case",
         "An option names an account, a party or a statement that the case does not define.")
ENT_CODE(OUT_OF_MEMORY, U106, "out of memory",
         "The machine could not give the memory that the answer needs. Ask for fewer worlds with "
         "--worlds, or for a smaller part of the case.")
ENT_CODE(NO_DEAL_FORM, U107, "not a package",
         "A package on the command line reads `issue=option,issue=item+item,issue=3.5`, with the "
         "names of the case file; issues that are not named stay at the status quo.")
ENT_CODE(GIVEN_TWICE, U108, "an option given twice",
         "An option that takes one value was given twice, or two options that exclude each other "
         "were given together. Leave one of them out.")
ENT_CODE(STOPPED, U109, "interrupted",
         "The computation was stopped by Ctrl-C, or by the program that asked for it. What was "
         "found before is printed and marked; it is not the whole answer.")
ENT_CODE(NO_REASON, U110, "failed without a reason",
         "A part of the engine gave up and did not say why. This is a fault of the program; "
         "please report it with the command and its input.")
ENT_CODE(NO_PAGE, U112, "no page in this program",
         "The page is built by node and npm, which fetches its packages once. Where they were out "
         "of reach, the program was built without it: everything but `html` and `serve` works. "
         "Build it again where npm reaches its registry, or a proxy of it.")
ENT_CODE(NO_CONVERTER, U113, "a program for documents is missing",
         "`entente report --format docx` and `odt` are written by pandoc, `pdf` by LibreOffice "
         "from pandoc's odt. Neither belongs to Entente; `tools/setup docs` installs both on "
         "Debian. The formats markdown and html need no other program.")
ENT_CODE(CONVERTER_FAILED, U114, "a program for documents failed",
         "pandoc or LibreOffice was started for a document and made none, or took too long. What "
         "it said stands in the message; `--format markdown` shows what pandoc was given.")
ENT_CODE(STANDS_STILL, U120, "a page without its engine",
         "A page recomputes by the engine itself, compiled for browsers, which is in it only where "
         "`make wasm` has built that. Without it the page shows its answer as it was written, with "
         "its switches off.")
