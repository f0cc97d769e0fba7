#include "cli/brief_styles.h"

#include <stdint.h>
#include <string.h>

/* ---- OpenDocument --------------------------------------------------------------------------- */

#define ODT "application/vnd.oasis.opendocument.text"
#define OASIS "urn:oasis:names:tc:opendocument:xmlns:"
#define ODF_NAMES                                                                                  \
    " xmlns:office=\"" OASIS "office:1.0\" xmlns:style=\"" OASIS "style:1.0\""                     \
    " xmlns:text=\"" OASIS "text:1.0\" xmlns:table=\"" OASIS "table:1.0\""                         \
    " xmlns:fo=\"" OASIS "xsl-fo-compatible:1.0\" xmlns:svg=\"" OASIS "svg-compatible:1.0\""       \
    " office:version=\"1.2\""
#define ODF_STYLE(name, parent, paragraph, text)                                                   \
    "<style:style style:name=\"" name "\" style:family=\"paragraph\""                              \
    " style:parent-style-name=\"" parent "\"><style:paragraph-properties " paragraph               \
    "/><style:text-properties " text "/></style:style>\n"
#define ODF_MARK(name, text)                                                                       \
    "<style:style style:name=\"" name "\" style:family=\"text\"><style:text-properties " text      \
    "/></style:style>\n"
#define ODF_SANS "style:font-name=\"Sans\" fo:font-weight=\"bold\" fo:color=\"#1b1e24\" "
#define ODF_HEADING "fo:margin-bottom=\"1.5mm\" fo:keep-with-next=\"always\" "

static const char *const odf_manifest[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest xmlns:manifest=\"" OASIS
    "manifest:1.0\" manifest:version=\"1.2\">"
    "<manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"" ODT "\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
    "</manifest:manifest>\n",
    NULL};

static const char *const odf_content[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content" ODF_NAMES
    "><office:body><office:text/></office:body></office:document-content>\n",
    NULL};

/* pandoc writes another in its place; one that is not in the archive would be in no manifest. */
static const char *const odf_meta[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta" ODF_NAMES
    "><office:meta/></office:document-meta>\n",
    NULL};

/* In pieces: C17 promises no string beyond 4,095 bytes. */
static const char *const odf_styles[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-styles" ODF_NAMES ">\n"
    "<office:font-face-decls>"
    "<style:font-face style:name=\"Serif\" svg:font-family=\"'Liberation Serif'\""
    " style:font-family-generic=\"roman\"/>"
    "<style:font-face style:name=\"Sans\" svg:font-family=\"'Liberation Sans'\""
    " style:font-family-generic=\"swiss\"/>"
    "</office:font-face-decls>\n<office:styles>\n"
    "<style:default-style style:family=\"paragraph\"><style:paragraph-properties"
    " fo:hyphenation-ladder-count=\"no-limit\" style:writing-mode=\"page\"/>"
    "<style:text-properties style:font-name=\"Serif\" fo:font-size=\"10.5pt\" fo:language=\"en\""
    " fo:country=\"GB\" fo:hyphenate=\"false\"/></style:default-style>\n"
    "<style:default-style style:family=\"table\"><style:table-properties"
    " table:border-model=\"collapsing\" style:may-break-between-rows=\"false\""
    " fo:margin-top=\"1mm\" fo:margin-bottom=\"2.5mm\"/>"
    "</style:default-style>\n"
    "<style:default-style style:family=\"table-row\"><style:table-row-properties"
    " fo:keep-together=\"always\"/></style:default-style>\n",
    "<style:style style:name=\"Standard\" style:family=\"paragraph\" style:class=\"text\"/>\n"
    /* No widows or orphans here: beside footnotes LibreOffice 7 leaves a heading alone for them. */
    ODF_STYLE("Text_20_body", "Standard", "fo:margin-top=\"1.4mm\" fo:margin-bottom=\"1.4mm\" "
              "fo:line-height=\"112%\"", "")
    ODF_STYLE("First_20_paragraph", "Text_20_body", "", "")
    ODF_STYLE("Heading_20_1", "Standard", ODF_HEADING "fo:margin-top=\"0mm\" "
              "fo:break-before=\"page\"", ODF_SANS "fo:font-size=\"16pt\"")
    ODF_STYLE("Heading_20_2", "Standard", ODF_HEADING "fo:margin-top=\"4mm\"",
              ODF_SANS "fo:font-size=\"12pt\"")
    ODF_STYLE("Heading_20_3", "Standard", ODF_HEADING "fo:margin-top=\"3mm\"",
              ODF_SANS "fo:font-size=\"10.5pt\"")
    ODF_STYLE("Table_20_Contents", "Standard", "fo:padding-top=\"0.6mm\" "
              "fo:padding-bottom=\"0.6mm\" fo:border-top=\"0.5pt solid #7d8591\" "
              "fo:border-bottom=\"none\" fo:border-left=\"none\" fo:border-right=\"none\" "
              "style:join-border=\"false\"", "fo:font-size=\"10pt\"")
    ODF_STYLE("Table_20_Heading", "Table_20_Contents", "fo:keep-with-next=\"always\" "
              "fo:padding-top=\"1.6mm\" fo:border-top=\"none\"",
              ODF_SANS "fo:font-size=\"9.5pt\"")
    ODF_STYLE("Figure", "Text_20_body", "fo:text-align=\"center\"", "")
    ODF_STYLE("FigureWithCaption", "Figure", "fo:keep-with-next=\"always\" "
              "fo:margin-top=\"3mm\"", "")
    ODF_STYLE("FigureCaption", "Text_20_body", "fo:margin-bottom=\"3mm\"",
              "fo:font-size=\"9.5pt\" fo:font-style=\"italic\"")
    ODF_STYLE("Footnote", "Standard", "fo:margin-left=\"4mm\" fo:text-indent=\"-4mm\"",
              "fo:font-size=\"8.5pt\"")
    ODF_STYLE("Footer", "Standard", "fo:text-align=\"center\"",
              "fo:font-size=\"9pt\" fo:color=\"#545b67\""),
    ODF_MARK("Strong_20_Emphasis", "fo:font-weight=\"bold\"")
    ODF_MARK("Emphasis", "fo:font-style=\"italic\"")
    ODF_MARK("Footnote_20_Symbol", "")
    ODF_MARK("Footnote_20_anchor", "style:text-position=\"super 62%\"")
    ODF_MARK("Bullet_20_Symbols", "style:font-name=\"Sans\"")
    ODF_MARK("Internet_20_link", "fo:color=\"#0b4f8a\"")
    "<text:notes-configuration text:note-class=\"footnote\" style:num-format=\"1\""
    " text:citation-style-name=\"Footnote_20_Symbol\""
    " text:citation-body-style-name=\"Footnote_20_anchor\" text:default-style-name=\"Footnote\""
    " text:footnotes-position=\"page\" text:start-numbering-at=\"document\"/>\n"
    "</office:styles>\n<office:automatic-styles>"
    "<style:page-layout style:name=\"Page\"><style:page-layout-properties"
    " fo:page-width=\"210mm\" fo:page-height=\"297mm\" fo:margin-top=\"20mm\""
    " fo:margin-bottom=\"14mm\" fo:margin-left=\"22mm\" fo:margin-right=\"22mm\">"
    "<style:footnote-sep style:width=\"0.3pt\" style:rel-width=\"25%\" style:color=\"#545b67\""
    " style:distance-before-sep=\"2mm\" style:distance-after-sep=\"1mm\"/>"
    "</style:page-layout-properties><style:footer-style><style:header-footer-properties"
    " fo:min-height=\"6mm\" fo:margin-top=\"3mm\"/></style:footer-style></style:page-layout>"
    "</office:automatic-styles>\n<office:master-styles>"
    "<style:master-page style:name=\"Standard\" style:page-layout-name=\"Page\"><style:footer>"
    "<text:p text:style-name=\"Footer\"><text:page-number text:select-page=\"current\">1"
    "</text:page-number></text:p></style:footer></style:master-page>"
    "</office:master-styles>\n</office:document-styles>\n",
    NULL};

/* ---- Office Open XML ------------------------------------------------------------------------ */

#define WORDS "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OOXML_STYLE(id, name, parent, paragraph, run)                                              \
    "<w:style w:type=\"paragraph\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/>"              \
    "<w:basedOn w:val=\"" parent "\"/><w:qFormat/><w:pPr>" paragraph "</w:pPr><w:rPr>" run         \
    "</w:rPr></w:style>\n"
#define OOXML_MARK(id, name, run)                                                                  \
    "<w:style w:type=\"character\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/><w:rPr>" run   \
    "</w:rPr></w:style>\n"
#define OOXML_SANS                                                                                 \
    "<w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/><w:b/>"                         \
    "<w:color w:val=\"1B1E24\"/>"
#define OOXML_RULE(side, size, color)                                                              \
    "<w:" side " w:val=\"single\" w:sz=\"" size "\" w:space=\"0\" w:color=\"" color "\"/>"
#define OOXML_SPACE(before, after)                                                                 \
    "<w:spacing w:before=\"" before "\" w:after=\"" after "\"/>"

static const char *const ooxml_styles[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:styles xmlns:w=\"" WORDS "\">\n"
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\""
    " w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
    "<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/><w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault><w:pPr>" OOXML_SPACE("0", "0") "</w:pPr></w:pPrDefault></w:docDefaults>\n"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
    "<w:qFormat/></w:style>\n"
    OOXML_STYLE("BodyText", "Body Text", "Normal",
                "<w:widowControl/><w:spacing w:before=\"0\" w:after=\"100\" w:line=\"269\""
                " w:lineRule=\"auto\"/>", "")
    OOXML_STYLE("FirstParagraph", "First Paragraph", "BodyText", "", "")
    OOXML_STYLE("Compact", "Compact", "BodyText", OOXML_SPACE("20", "30"), ""),
    OOXML_STYLE("Heading1", "heading 1", "Normal", "<w:keepNext/><w:keepLines/>"
                "<w:pageBreakBefore/>" OOXML_SPACE("0", "100") "<w:outlineLvl w:val=\"0\"/>",
                OOXML_SANS "<w:sz w:val=\"32\"/>")
    OOXML_STYLE("Heading2", "heading 2", "Normal", "<w:keepNext/><w:keepLines/>"
                OOXML_SPACE("220", "80") "<w:outlineLvl w:val=\"1\"/>",
                OOXML_SANS "<w:sz w:val=\"24\"/>")
    OOXML_STYLE("Heading3", "heading 3", "Normal", "<w:keepNext/><w:keepLines/>"
                OOXML_SPACE("160", "80") "<w:outlineLvl w:val=\"2\"/>",
                OOXML_SANS "<w:sz w:val=\"21\"/>"),
    OOXML_STYLE("FootnoteText", "footnote text", "Normal", "", "<w:sz w:val=\"17\"/>")
    OOXML_STYLE("ImageCaption", "Image Caption", "BodyText", OOXML_SPACE("0", "160"),
                "<w:i/><w:sz w:val=\"19\"/>")
    OOXML_STYLE("Figure", "Figure", "BodyText", "", "")
    OOXML_STYLE("CaptionedFigure", "Captioned Figure", "Figure", "<w:keepNext/>"
                OOXML_SPACE("160", "40"), "")
    OOXML_MARK("FootnoteReference", "footnote reference", "<w:vertAlign w:val=\"superscript\"/>")
    OOXML_MARK("Hyperlink", "Hyperlink", "<w:color w:val=\"0B4F8A\"/>")
    OOXML_MARK("VerbatimChar", "Verbatim Char", "<w:rFonts w:ascii=\"Courier New\"/>")
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"Table\"><w:name w:val=\"Table\"/>"
    "<w:pPr><w:keepNext/></w:pPr><w:tblPr><w:tblBorders>" OOXML_RULE("bottom", "4", "B9BFC8")
    OOXML_RULE("insideH", "4", "B9BFC8") "</w:tblBorders></w:tblPr><w:trPr><w:cantSplit/></w:trPr>"
    "<w:tblStylePr w:type=\"firstRow\"><w:rPr>" OOXML_SANS "<w:sz w:val=\"19\"/></w:rPr><w:tcPr>"
    "<w:tcBorders>" OOXML_RULE("bottom", "8", "1B1E24") "</w:tcBorders></w:tcPr></w:tblStylePr>"
    "</w:style>\n</w:styles>\n",
    NULL};

#define RELATED "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE_RELATED "http://schemas.openxmlformats.org/package/2006/relationships"

static const char *const ooxml_footer[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:ftr xmlns:w=\"" WORDS "\"><w:p><w:pPr>"
    "<w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr>"
    "<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:rPr><w:sz w:val=\"18\"/></w:rPr>"
    "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r>"
    "<w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:ftr>\n",
    NULL};

static const char *const ooxml_relations[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<Relationships xmlns=\"" PACKAGE_RELATED "\">"
    "<Relationship Id=\"rId90\" Type=\"" RELATED "/footer\" Target=\"footer1.xml\"/>"
    "</Relationships>\n",
    NULL};

/* Of an otherwise empty document: its page. */
static const char *const ooxml_document[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document xmlns:w=\"" WORDS "\""
    " xmlns:r=\"" RELATED "\"><w:body>"
    "<w:p/><w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId90\"/>"
    "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1247\""
    " w:bottom=\"1134\" w:left=\"1247\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>"
    "</w:sectPr></w:body></w:document>\n",
    NULL};

/* ---- The archive ---------------------------------------------------------------------------- */

static const char *const odf_mimetype[] = {ODT, NULL};

typedef struct part {
    const char *name;
    const char *const *texts; /* one after the other; NULL after the last */
    uint32_t length, check, at;
} part;

/* CRC-32 of ISO 3309, which archives check their parts with; bit by bit, for they are small. */
static uint32_t check_of(uint32_t crc, const char *text)
{
    for (crc = ~crc; *text != '\0'; text++) {
        crc ^= (unsigned char)*text;
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ (UINT32_C(0xEDB88320) & (0u - (crc & 1)));
        }
    }
    return ~crc;
}

static void put_number(FILE *file, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++, number >>= 8) {
        (void)fputc((int)(number & 0xFF), file);
    }
}

/* What the head of a part and its line in the directory share: stored, of 1 January 1980. */
static void put_about(FILE *file, const part *p)
{
    put_number(file, 10, 2); /* the version that is needed */
    put_number(file, 0, 4);  /* no flags, stored */
    put_number(file, 0, 2);
    put_number(file, 33, 2);
    put_number(file, p->check, 4);
    put_number(file, p->length, 4);
    put_number(file, p->length, 4);
    put_number(file, (uint32_t)strlen(p->name), 2);
    put_number(file, 0, 2);
}

/* APPNOTE.TXT 6.3, parts without their extra fields. */
static void put_archive(FILE *file, part *parts, uint32_t count)
{
    uint32_t at = 0, directory;
    for (uint32_t i = 0; i < count; i++) {
        part *p = &parts[i];
        p->at = at;
        for (const char *const *text = p->texts; *text != NULL; text++) {
            p->length += (uint32_t)strlen(*text);
            p->check = check_of(p->check, *text);
        }
        put_number(file, UINT32_C(0x04034B50), 4);
        put_about(file, p);
        (void)fputs(p->name, file);
        for (const char *const *text = p->texts; *text != NULL; text++) {
            (void)fputs(*text, file);
        }
        at += 30 + (uint32_t)strlen(p->name) + p->length;
    }
    directory = at;
    for (uint32_t i = 0; i < count; i++) {
        put_number(file, UINT32_C(0x02014B50), 4);
        put_number(file, 10, 2);
        put_about(file, &parts[i]);
        put_number(file, 0, 4); /* no comment, the first disk */
        put_number(file, 0, 2);
        put_number(file, 0, 4);
        put_number(file, parts[i].at, 4);
        (void)fputs(parts[i].name, file);
        at += 46 + (uint32_t)strlen(parts[i].name);
    }
    put_number(file, UINT32_C(0x06054B50), 4);
    put_number(file, 0, 4);
    put_number(file, count, 2);
    put_number(file, count, 2);
    put_number(file, at - directory, 4);
    put_number(file, directory, 4);
    put_number(file, 0, 2);
}

bool ent_write_brief_styles(FILE *file, const char *writer)
{
    part odf[] = {{.name = "mimetype", .texts = odf_mimetype},
                  {.name = "META-INF/manifest.xml", .texts = odf_manifest},
                  {.name = "content.xml", .texts = odf_content},
                  {.name = "meta.xml", .texts = odf_meta},
                  {.name = "styles.xml", .texts = odf_styles}};
    part ooxml[] = {{.name = "word/styles.xml", .texts = ooxml_styles},
                    {.name = "word/footer1.xml", .texts = ooxml_footer},
                    {.name = "word/_rels/document.xml.rels", .texts = ooxml_relations},
                    {.name = "word/document.xml", .texts = ooxml_document}};
    if (strcmp(writer, "odt") == 0) {
        put_archive(file, odf, sizeof odf / sizeof *odf);
    } else {
        put_archive(file, ooxml, sizeof ooxml / sizeof *ooxml);
    }
    return fflush(file) == 0 && ferror(file) == 0;
}
