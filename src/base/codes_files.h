/* Codes of files. Rows are sorted; see base/codes.h. */
ENT_CODE(CANNOT_READ, F101, "cannot read a file",
         "The file is missing, is a folder, or may not be read by you.")
ENT_CODE(TOO_LARGE, F102, "file too large",
         "The file is larger than the limit for its kind. Case files hold at most 16 MiB.")
ENT_CODE(NOT_TEXT, F103, "not a text file",
         "The file holds bytes that are not UTF-8 text. Save it as UTF-8.")
ENT_CODE(CANNOT_WRITE, F104, "cannot write a file",
         "The file could not be written whole; what stood there before is untouched.")
ENT_CODE(PORT_IN_USE, F105, "a port cannot be listened on",
         "Another program listens there already. Choose another port with --port, or leave it out "
         "and take a free one.")
ENT_CODE(MORE_MESSAGES, F106, "more messages than are shown",
         "At most 1,000 errors and 1,000 other messages are shown. Fix those first, then run the "
         "command again.")
ENT_CODE(OUTPUT_IS_INPUT, F107, "the output would replace an input",
         "The answer was to be written over a file that the command reads, under this name or by "
         "a link. Nothing was written. Name another file.")
ENT_CODE(CASE_IN_THE_WAY, F108, "the output would replace a case file",
         "The answer was to be written where a case file stands, which may be somebody's work. "
         "Name another file, or remove that one first.")
ENT_CODE(FOLDER_IN_USE, F109, "the folder holds other files",
         "The files of a scenario are written into a folder that holds nothing else, since what "
         "lies beside them would be read with them. Name a new folder, or empty that one.")
