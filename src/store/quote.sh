#!/bin/sh
# A text file as a C string: quote.sh NAME FILE
echo "extern const char $1[];"
echo "const char $1[] ="
sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/    "&\\n"/' "$2"
echo "    ;"
