/*
 * XML as a tree of elements with positions. Text between elements is left out where a format has
 * none that counts; workbooks have, and keep it as elements without a tag.
 */
#ifndef ENT_IO_XML_H
#define ENT_IO_XML_H

#include "base/work.h"

typedef struct ent_xml_attribute {
    const char *name, *value;
} ent_xml_attribute;

typedef struct ent_xml ent_xml;

struct ent_xml {
    const char *tag;  /* "" of a piece of text */
    const char *text; /* of such a piece, otherwise NULL */
    const ent_xml_attribute *attributes; /* [attribute_count], in file order, names unique */
    size_t attribute_count;
    const ent_xml *first; /* its first child, NULL if there is none */
    const ent_xml *next;  /* the element behind it in the same parent */
    ent_pos pos;
    char word[8]; /* without pieces: its own text's start, no white space, NUL-terminated */
};

/*
 * Read the text as an XML document. Entity declarations, external entities and whatever the parser
 * finds wrong are errors with their places; nesting, elements and bytes are limited as in node
 * trees. Linear in the text.
 */
ent_status ent_read_xml(ent_work *work, const ent_text *text, const ent_xml **root);
/* The same, with the text between elements; pieces that are blank and have line ends are not. */
ent_status ent_read_xml_text(ent_work *work, const ent_text *text, const ent_xml **root);
/* The tag of the document's root, "" where there is none: a look at the start, O(prolog). */
const char *ent_xml_root_tag(ent_arena *arena, const ent_text *text);

/* The attribute's value, or NULL. */
const char *ent_xml_get(const ent_xml *element, const char *name);
/* The first child with the tag, or NULL; the next element with the tag behind this one. */
const ent_xml *ent_xml_child(const ent_xml *element, const char *tag);
const ent_xml *ent_xml_next(const ent_xml *element, const char *tag);

#endif
