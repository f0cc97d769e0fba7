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
ENT_CODE(KEY_TWICE, C105, "a key stands twice",
         "A map holds each key once. Of two values one would be lost without a word.")
ENT_CODE(TAB, C116, "a tab",
         "YAML forbids tabs in indentation, and elsewhere they look like spaces and are none. "
         "Use spaces; within double quotation marks, \\t stands for a tab.")
ENT_CODE(TOO_MUCH, C117, "more than the format allows",
         "A file holds at most 4,000,000 values nested at most 64 deep, in lines of at most "
         "256 KiB. A case holds at most 64 parties, 4,096 issues, 65,536 parts of issues and "
         "100,000 statements.")
