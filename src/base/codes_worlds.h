/* Codes of worlds. Rows are sorted; see base/codes.h. */
ENT_CODE(POOR_SAMPLE, W101, "too few independent worlds",
         "The chains that draw the worlds have not mixed well enough for the numbers to be relied "
         "on to a percent. Ask for more worlds, or look for statements that pin importances.")
