/* Codes of the graph model. Rows are sorted; see base/codes.h. */
ENT_CODE(BAD_GMCR, G101, "not a graph-model file",
         "The file is not a .gmcr file as the GMCR programs save it.")
