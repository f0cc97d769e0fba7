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
