/* Codes of case files. Rows are sorted; see base/codes.h. */
ENT_CODE(SYNTAX, C101, "not valid YAML or JSON",
         "The file does not follow the syntax of YAML 1.2 or JSON at this place.")
