/*
 * XML by expat, callbacks into a tree. Entities are where XML's attacks live (expansion bombs,
 * files read from elsewhere), and no scenario file needs them: a declaration ends the reading, so
 * that none can be used; the five built-in ones and character references stay. O(bytes).
 */
#include "io/xml.h"

#include "base/text.h"
#include "io/node.h"
#include "io/xml_mend.h"

#include <expat.h>
#include <string.h>

enum { LONGEST_CHUNK = 1 << 20 };

typedef struct open_element {
    ent_xml *element;
    ent_xml *last; /* its last child so far */
} open_element;

typedef struct reader {
    ent_work *work;
    const ent_text *text;
    XML_Parser parser;
    ent_xml *root;
    open_element open[ENT_NODE_DEPTH];
    size_t depth, nodes;
    ent_buffer pending; /* text since the last tag */
    bool stopped; /* the reason has been told */
    bool out_of_memory;
    bool mended;  /* some characters stand for a bare `&` */
    bool outside; /* the document type names something that stands elsewhere */
} reader;

typedef struct start_tag {
    reader *r;
    const char *tag, **attributes;
} start_tag;

static void release(void *object)
{
    reader *r = object;
    XML_ParserFree(r->parser);
    r->parser = NULL;
}

static ent_pos here(const reader *r)
{
    return (ent_pos){(uint32_t)XML_GetCurrentLineNumber(r->parser),
                     (uint32_t)XML_GetCurrentColumnNumber(r->parser) + 1, 1};
}

static void stop(reader *r, ent_code code, const char *hint, const char *message)
{
    if (!r->stopped) {
        r->stopped = true;
        ent_tell(r->work->diags, ENT_ERROR, code, r->text, here(r), hint, "%s", message);
        XML_StopParser(r->parser, XML_FALSE);
    }
}

static void take_attributes(reader *r, ent_xml *element, const char **pairs)
{
    size_t count = 0;
    while (pairs[2 * count] != NULL) {
        count++;
    }
    ent_xml_attribute *list = ent_alloc(r->work->arena, count, ent_xml_attribute);
    for (size_t i = 0; i < count; i++) {
        list[i].name = ent_copy(r->work->arena, pairs[2 * i]);
        char *value = ent_copy(r->work->arena, pairs[2 * i + 1]);
        if (r->mended) {
            ent_unmend_xml(value);
        }
        list[i].value = value;
    }
    element->attributes = list;
    element->attribute_count = count;
    r->nodes += count;
}

/*
 * An entity that nobody declares is no fault for expat once the document type names an outside
 * part, and within an attribute's value it is dropped without a word. So the tag itself is looked
 * at: only the built-in five and character references may stand in it.
 */
static bool has_entity(const char *at, size_t length)
{
    static const char *const own[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"};
    const char *end = at + length;
    while (at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL) {
        bool known = false;
        for (size_t k = 0; k < sizeof own / sizeof *own; k++) {
            known = known || strncmp(at, own[k], strlen(own[k])) == 0;
        }
        if (!known) {
            return true;
        }
        at++;
    }
    return false;
}

static void append(reader *r, ent_xml *element)
{
    r->nodes++;
    if (r->depth == 0) {
        r->root = element;
        return;
    }
    open_element *parent = &r->open[r->depth - 1];
    if (parent->last == NULL) {
        parent->element->first = element;
    } else {
        parent->last->next = element;
    }
    parent->last = element;
}

/* The text since the last tag as a piece of its own. */
static void flush_text(reader *r)
{
    const char *text = ent_buffer_text(&r->pending);
    bool blank = text[strspn(text, " \t\r\n")] == '\0' && strpbrk(text, "\r\n") != NULL;
    if (r->pending.length > 0 && !blank && r->depth > 0) {
        ent_xml *piece = ent_alloc(r->work->arena, 1, ent_xml);
        *piece = (ent_xml){.tag = "", .text = ent_copy(r->work->arena, text), .pos = here(r)};
        append(r, piece);
    }
    r->pending.length = 0;
}

static ent_status add_element(void *argument)
{
    const start_tag *start = argument;
    reader *r = start->r;
    if (r->depth == ENT_NODE_DEPTH || r->nodes >= ENT_NODE_MOST) {
        stop(r, ENT_S104_TOO_MUCH, NULL,
             r->depth == ENT_NODE_DEPTH ? "elements are nested too deep" : "too many elements");
        return ENT_INVALID;
    }
    flush_text(r);
    ent_xml *element = ent_alloc(r->work->arena, 1, ent_xml);
    *element = (ent_xml){.tag = ent_copy(r->work->arena, start->tag), .pos = here(r)};
    element->pos.length = (uint32_t)strlen(start->tag) + 1;
    take_attributes(r, element, start->attributes);
    append(r, element);
    r->open[r->depth++] = (open_element){element, NULL};
    return ENT_OK;
}

static ent_status end_element(void *argument)
{
    reader *r = argument;
    flush_text(r);
    r->depth -= r->depth > 0;
    return ENT_OK;
}

typedef struct piece {
    reader *r;
    const char *text;
    int length;
} piece;

static ent_status add_text(void *argument)
{
    const piece *p = argument;
    ent_put_bytes(&p->r->pending, p->text, (size_t)p->length);
    return ENT_OK;
}

/* What is allocated within a callback may not leave it by a jump. */
static void guarded(reader *r, ent_status (*body)(void *argument), void *argument)
{
    if (!r->stopped && ent_protect(r->work->arena, body, argument) == ENT_NOMEM) {
        r->stopped = r->out_of_memory = true;
        XML_StopParser(r->parser, XML_FALSE);
    }
}

static void XMLCALL on_text(void *user, const char *text, int length)
{
    piece p = {user, text, length};
    guarded(user, add_text, &p);
}

/* A jump out of expat would leave a parser that does not let itself be freed. */
static void XMLCALL on_start(void *user, const char *tag, const char **attributes)
{
    reader *r = user;
    start_tag start = {r, tag, attributes};
    if (r->outside && !r->stopped) {
        XML_Index from = XML_GetCurrentByteIndex(r->parser);
        int length = XML_GetCurrentByteCount(r->parser);
        if (from >= 0 && length > 0 && has_entity(r->text->at + from, (size_t)length)) {
            stop(r, ENT_S103_XML_ENTITY, "write the text out where the entity is used",
                 "the file uses an entity that stands elsewhere");
        }
    }
    guarded(r, add_element, &start);
}

static void XMLCALL on_end(void *user, const char *tag)
{
    (void)tag;
    guarded(user, end_element, user);
}

/* A number or a word is all that is wanted; no memory is taken, so that nothing can jump. */
static void XMLCALL on_word(void *user, const char *text, int length)
{
    reader *r = user;
    ent_xml *element = r->depth > 0 && !r->stopped ? r->open[r->depth - 1].element : NULL;
    size_t used = element == NULL ? 0 : strlen(element->word);
    for (int i = 0; element != NULL && i < length && used + 1 < sizeof element->word; i++) {
        if ((unsigned char)text[i] > ' ') {
            element->word[used++] = text[i];
        }
    }
}

static void XMLCALL on_entity(void *user, const char *name, int is_parameter, const char *value,
                              int length, const char *base, const char *system,
                              const char *public_id, const char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)length, (void)base;
    (void)system, (void)public_id, (void)notation;
    stop(user, ENT_S103_XML_ENTITY, "write the text out where the entity is used",
         "the file declares an entity");
}

static void XMLCALL on_doctype(void *user, const char *name, const char *system,
                               const char *public_id, int has_internal)
{
    reader *r = user;
    (void)name, (void)public_id;
    r->outside = r->outside || system != NULL || has_internal; /* brackets can name one too */
}

static void XMLCALL on_skipped(void *user, const char *name, int is_parameter)
{
    (void)name, (void)is_parameter;
    stop(user, ENT_S103_XML_ENTITY, "write the text out where the entity is used",
         "the file uses an entity that stands elsewhere");
}

static int XMLCALL on_external(XML_Parser parser, const char *context, const char *base,
                               const char *system, const char *public_id)
{
    (void)parser, (void)context, (void)base, (void)system, (void)public_id;
    return XML_STATUS_ERROR;
}

static void syntax_fault(reader *r)
{
    if (!r->stopped) {
        enum XML_Error code = XML_GetErrorCode(r->parser);
        const char *why = XML_ErrorString(code);
        const char *hint = code == XML_ERROR_UNDEFINED_ENTITY
                               ? "XML has only &amp; &lt; &gt; &quot; &apos; of its own: write "
                                 "the text out, and `&amp;` for an `&`"
                               : NULL;
        ent_tell(r->work->diags, ENT_ERROR, ENT_S102_XML_SYNTAX, r->text, here(r), hint,
                 "not valid XML: %s", why == NULL ? "unknown fault" : why);
    }
}

static ent_status parse(reader *r)
{
    for (size_t at = 0; at < r->text->length || at == 0;) {
        size_t left = r->text->length - at;
        size_t size = left < LONGEST_CHUNK ? left : LONGEST_CHUNK;
        enum XML_Status status =
            XML_Parse(r->parser, r->text->at + at, (int)size, size == left ? XML_TRUE : XML_FALSE);
        if (r->out_of_memory) {
            ent_out_of_memory(r->work->arena);
        }
        if (status != XML_STATUS_OK || r->stopped) {
            syntax_fault(r);
            return ENT_INVALID;
        }
        at += size;
        if (left == 0) {
            break;
        }
    }
    return r->root == NULL ? ENT_INVALID : ENT_OK;
}

static ent_status read(ent_work *work, const ent_text *text, bool keeps_text,
                       const ent_xml **root)
{
    if (text->length > ENT_NODE_BYTES) {
        return ent_fail(work->diags, ENT_INVALID, ENT_F102_TOO_LARGE, NULL,
                        "`%s` is larger than %d MiB", text->name, ENT_NODE_BYTES >> 20);
    }
    reader *r = ent_alloc(work->arena, 1, reader);
    bool mended = false;
    *r = (reader){.work = work};
    r->text = keeps_text ? text : ent_mend_xml(work, text, &mended);
    r->mended = mended;
    r->pending = ent_buffer_init(work->arena, 0);
    ent_defer(work->arena, release, r);
    r->parser = XML_ParserCreate(mended ? "UTF-8" : NULL);
    if (r->parser == NULL) {
        ent_out_of_memory(work->arena);
    }
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, keeps_text ? on_text : on_word);
    XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
    XML_SetEntityDeclHandler(r->parser, on_entity);
    XML_SetSkippedEntityHandler(r->parser, on_skipped);
    XML_SetExternalEntityRefHandler(r->parser, on_external);
    XML_SetParamEntityParsing(r->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    ent_status status = parse(r);
    release(r);
    *root = r->root;
    return status;
}

ent_status ent_read_xml(ent_work *work, const ent_text *text, const ent_xml **root)
{
    return read(work, text, false, root);
}

ent_status ent_read_xml_text(ent_work *work, const ent_text *text, const ent_xml **root)
{
    return read(work, text, true, root);
}

/* Past a comment, an instruction, or a document type with what it declares in brackets. */
static const char *skip_markup(const char *at, const char *end)
{
    bool comment = end - at >= 4 && memcmp(at, "<!--", 4) == 0;
    bool type = at[1] == '!' && !comment;
    char quote = '\0';
    int brackets = 0;
    for (; at < end; at++) {
        if (type && quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (type && (*at == '"' || *at == '\'')) {
            quote = *at;
        } else if (type && (*at == '[' || *at == ']')) {
            brackets += *at == '[' ? 1 : -1;
        } else if (*at == '>' && brackets <= 0 && (!comment || memcmp(at - 2, "--", 2) == 0)) {
            return at + 1;
        }
    }
    return end;
}

/* Past white space, the byte order mark, declarations and comments; NULL at the end. */
static const char *skip_prolog(const char *at, const char *end)
{
    if (end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        at += 3;
    }
    while (at < end) {
        if (strchr(" \t\r\n", *at) != NULL && *at != '\0') {
            at++;
        } else if (*at == '<' && end - at >= 2 && (at[1] == '?' || at[1] == '!')) {
            at = skip_markup(at, end);
        } else {
            return at;
        }
    }
    return NULL;
}

const char *ent_xml_root_tag(ent_arena *arena, const ent_text *text)
{
    const char *end = text->at + text->length;
    const char *at = skip_prolog(text->at, end);
    if (at == NULL || *at != '<') {
        return "";
    }
    const char *stop_at = ++at;
    while (stop_at < end && strchr(" \t\r\n/>", *stop_at) == NULL) {
        stop_at++;
    }
    return ent_copy_text(arena, at, (size_t)(stop_at - at));
}

const char *ent_xml_get(const ent_xml *element, const char *name)
{
    for (size_t i = 0; i < element->attribute_count; i++) {
        if (strcmp(element->attributes[i].name, name) == 0) {
            return element->attributes[i].value;
        }
    }
    return NULL;
}

static const ent_xml *first_with(const ent_xml *element, const char *tag)
{
    while (element != NULL && strcmp(element->tag, tag) != 0) {
        element = element->next;
    }
    return element;
}

const ent_xml *ent_xml_child(const ent_xml *element, const char *tag)
{
    return first_with(element->first, tag);
}

const ent_xml *ent_xml_next(const ent_xml *element, const char *tag)
{
    return first_with(element->next, tag);
}
