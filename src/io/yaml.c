/*
 * YAML 1.2 by libfyaml's event parser. Its document builder recurses; our tree does not. Positions
 * are counted here from byte offsets, since what a line and a column is must agree with the lines
 * that diagnostics quote. O(bytes).
 */
#include "base/text.h"
#include "io/tree.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

/*
 * libfyaml keeps every token of a line until it knows whether the line is a key, some 400 bytes
 * for each, so that the length of a line bounds its memory.
 */
enum { LONGEST_LINE = 256 << 10, MOST_TRAPS = 20 };

typedef struct yaml {
    ent_tree tree;
    const ent_text *text;
    struct fy_diag *diag;
    struct fy_parser *parser;
    struct fy_event *event; /* the one in hand */
    size_t offset; /* the cursor: a byte offset and the position that belongs to it */
    uint32_t line, column;
    size_t last_end; /* of the last plain scalar: where a missing value would have stood */
    bool ended; /* the end of the stream was seen */
    size_t documents, traps;
} yaml;

static void release(void *object)
{
    yaml *y = object;
    if (y->event != NULL) {
        fy_parser_event_free(y->parser, y->event);
    }
    fy_parser_destroy(y->parser);
    fy_diag_destroy(y->diag);
    y->event = NULL;
    y->parser = NULL;
    y->diag = NULL;
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Move the cursor to the offset; events come almost in order, so it seldom moves back. */
static void move_to(yaml *y, size_t offset)
{
    const char *at = y->text->at;
    if (offset < y->offset) {
        size_t start = offset;
        while (start > 0 && at[start - 1] != '\n') {
            start--;
        }
        for (size_t i = start; i < y->offset; i++) {
            y->line -= at[i] == '\n';
        }
        y->offset = start;
        y->column = 1;
    }
    for (; y->offset < offset; y->offset++) {
        if (at[y->offset] == '\n') {
            y->line++;
            y->column = 1;
        } else if (!continues(at[y->offset])) {
            y->column++;
        }
    }
}

static ent_pos pos_between(yaml *y, size_t start, size_t end)
{
    if (end > y->text->length) {
        end = y->text->length;
    }
    move_to(y, start < end ? start : end);
    ent_pos pos = {y->line, y->column, 0};
    for (size_t i = start; i < end && y->text->at[i] != '\n' && pos.length < 200; i++) {
        pos.length += !continues(y->text->at[i]) && y->text->at[i] != '\r';
    }
    pos.length += pos.length == 0;
    return pos;
}

static ent_pos pos_of(yaml *y, struct fy_token *token)
{
    const struct fy_mark *start = token == NULL ? NULL : fy_token_start_mark(token);
    const struct fy_mark *end = token == NULL ? NULL : fy_token_end_mark(token);
    if (start == NULL || end == NULL) {
        const ent_tree_frame *frame =
            y->tree.depth == 0 ? NULL : &y->tree.frames[y->tree.depth - 1];
        return frame == NULL        ? (ent_pos){y->line, y->column, 1}
               : frame->key != NULL ? frame->key->pos
                                    : frame->pos;
    }
    size_t from = start->input_pos;
    size_t to = end->input_pos;
    char before = from > 0 && from <= y->text->length ? y->text->at[from - 1] : ' ';
    enum fy_scalar_style style = fy_token_scalar_style(token);
    if ((style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) &&
        (before == '"' || before == '\'')) {
        from--;
        to++;
    }
    return pos_between(y, from, to);
}

/* A feature of YAML that the format leaves out; reading goes on, to find the others. */
static bool trap(yaml *y, ent_pos pos, const char *what, const char *hint)
{
    ent_tell(y->tree.work->diags, ENT_ERROR, ENT_C102_YAML_FEATURE, y->text, pos, hint, "%s", what);
    return ++y->traps < MOST_TRAPS;
}

static bool check_properties(yaml *y, struct fy_event *event)
{
    struct fy_token *anchor = event->type == FYET_ALIAS ? NULL : fy_event_get_anchor_token(event);
    struct fy_token *tag = fy_event_get_tag_token(event);
    if (anchor != NULL &&
        !trap(y, pos_of(y, anchor), "anchors (`&name`) are not part of the format",
              "a text that starts with & needs quotation marks")) {
        return false;
    }
    return tag == NULL || trap(y, pos_of(y, tag), "tags (`!name`) are not part of the format",
                               "a text that starts with ! needs quotation marks");
}

/* The comment that follows the offset in its line, if any: it may have cut a text. */
static ent_comment comment_at(const ent_text *text, size_t at)
{
    size_t start = at;
    while (at < text->length && (text->at[at] == ' ' || (at == start && text->at[at] == ':'))) {
        at++;
    }
    if (at >= text->length || text->at[at] != '#' || at == 0 || text->at[at - 1] != ' ') {
        return ENT_NO_COMMENT;
    }
    return at + 1 < text->length && strchr(" #\r\n", text->at[at + 1]) == NULL ? ENT_COMMENT_WORD
                                                                              : ENT_COMMENT;
}

/*
 * The text between single quotation marks: two stand for one, a line break for a space, n + 1 of
 * them for n line breaks, without the white space around. libfyaml 0.7 does the same and loses
 * memory over a long run of marks.
 */
static const char *single_quoted(yaml *y, size_t start, size_t end, size_t *length)
{
    const char *at = y->text->at;
    char *out = ent_alloc(y->tree.work->arena, end - start + 1, char);
    size_t count = 0;
    for (size_t i = start; i < end; i++) {
        size_t stop = i;
        size_t breaks = 0;
        while (stop < end && strchr(" \r\n", at[stop]) != NULL) {
            breaks += at[stop++] == '\n';
        }
        if (breaks > 0) {
            memset(out + count, breaks == 1 ? ' ' : '\n', breaks == 1 ? 1 : breaks - 1);
            count += breaks == 1 ? 1 : breaks - 1;
            i = stop - 1;
            continue;
        }
        out[count++] = at[i];
        i += at[i] == '\'' && i + 1 < end && at[i + 1] == '\'';
    }
    *length = count;
    return out;
}

static bool says_something(const ent_text *text, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < text->length; i++) {
        if (strchr(" \\\r\n", text->at[i]) == NULL) {
            return true;
        }
    }
    return false;
}

static ent_node *scalar_of(yaml *y, struct fy_token *token, ent_pos pos)
{
    ent_node *node = ent_alloc(y->tree.work->arena, 1, ent_node);
    enum fy_scalar_style style = token == NULL ? FYSS_PLAIN : fy_token_scalar_style(token);
    size_t length = 0;
    const struct fy_mark *begin = token == NULL ? NULL : fy_token_start_mark(token);
    const struct fy_mark *end = token == NULL ? NULL : fy_token_end_mark(token);
    const char *text = token == NULL ? NULL
                       : style == FYSS_SINGLE_QUOTED && begin != NULL && end != NULL
                           ? single_quoted(y, begin->input_pos, end->input_pos, &length)
                           : fy_token_get_text(token, &length);
    if (length == 0 && begin != NULL && end != NULL &&
        says_something(y->text, begin->input_pos, end->input_pos)) {
        ent_out_of_memory(y->tree.work->arena); /* libfyaml then gives an empty text */
    }
    *node = (ent_node){.kind = ENT_SCALAR, .pos = pos, .length = length};
    node->plain = style == FYSS_PLAIN || style == FYSS_ANY;
    if (node->plain) {
        node->comment = comment_at(y->text, end == NULL ? y->last_end : end->input_pos);
        y->last_end = end == NULL ? y->last_end : end->input_pos;
    }
    node->block = style == FYSS_LITERAL || style == FYSS_FOLDED;
    node->text = text == NULL ? "" : ent_copy_text(y->tree.work->arena, text, length);
    return node;
}

static bool add_scalar(yaml *y, struct fy_event *event)
{
    struct fy_token *token = fy_event_get_token(event);
    ent_node *node = scalar_of(y, token, pos_of(y, token));
    size_t valid = ent_utf8_valid(node->text, node->length);
    bool broken = valid < node->length || strlen(node->text) != node->length;
    if (broken || ent_has_control(node->text, node->length)) {
        bool goes_on = trap(y, node->pos,
                            broken ? "an escape in this text stands for no character"
                                   : "a control character in this text",
                            broken ? "NUL and lone surrogates cannot be written" : "remove it");
        if (!goes_on) {
            return false;
        }
        node->text = "?";
        node->length = 1;
    }
    return ent_tree_scalar(&y->tree, node);
}

static bool begin_document(yaml *y, const struct fy_event *event)
{
    struct fy_document_state *state = event->document_start.document_state;
    struct fy_token *token = event->document_start.document_start;
    if (++y->documents > 1) {
        (void)trap(y, pos_of(y, token), "a second document begins here",
                   "a file holds one document: remove the line `---`");
        return false;
    }
    if (state != NULL && (fy_document_state_version_explicit(state) ||
                          fy_document_state_tags_explicit(state))) {
        return trap(y, (ent_pos){1, 1, 1},
                    "directives (`%YAML`, `%TAG`) are not part of the format",
                    "remove the lines that start with %");
    }
    return true;
}

/* One event; false to stop reading. */
static bool take(yaml *y, struct fy_event *event)
{
    switch ((int)event->type) {
    case FYET_DOCUMENT_START:
        return begin_document(y, event);
    case FYET_ALIAS: {
        struct fy_token *name = event->alias.anchor;
        ent_pos pos = pos_of(y, name);
        return trap(y, pos, "aliases (`*name`) are not part of the format",
                    "a text that starts with * needs quotation marks") &&
               ent_tree_scalar(&y->tree, scalar_of(y, NULL, pos));
    }
    case FYET_SCALAR:
        return check_properties(y, event) && add_scalar(y, event);
    case FYET_SEQUENCE_START:
        return check_properties(y, event) &&
               ent_tree_open(&y->tree, ENT_LIST, pos_of(y, event->sequence_start.sequence_start));
    case FYET_MAPPING_START:
        return check_properties(y, event) &&
               ent_tree_open(&y->tree, ENT_MAP, pos_of(y, event->mapping_start.mapping_start));
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
        ent_tree_close(&y->tree);
        return true;
    default:
        return true;
    }
}

/* What the parser calls it, and what the hand that wrote it can do about it. */
static const struct {
    const char *part, *hint;
} hints[] = {
    {"plain scalar cannot start with", "put the text in quotation marks"},
    {"nested block mapping on the same line", "a text that holds `: ` needs quotation marks"},
    {"without closing quote", "close the quotation marks"},
    {"invalid multiline plain key", "is the line indented wrongly, or a colon missing above?"},
    {"did not find expected key", "is the line indented like the others?"},
    {"invalid value after mapping", "is a colon missing?"},
    {"sequence end in flow mode", "move the `]` right of the column of its key"},
    {"mapping end in flow mode", "move the `}` right of the column of its key"},
    {"closing bracket", "close every [ with ]"},
    {"mismatched flow", "each [ is closed by ], each { by }"},
    {"invalid indentation", "indent the line like those that belong with it"},
    {"missing comma", "put a comma between the values"},
    {"same line as a mapping key", "begin the list in the next line"},
};

/* Make the parser's own complaint ours. */
static void tell_syntax(yaml *y)
{
    void *iterator = NULL;
    struct fy_diag_error *error = fy_diag_errors_iterate(y->diag, &iterator);
    ent_pos pos = {y->line, y->column, 1};
    const char *words = "the parser gave no reason";
    const char *hint = error == NULL ? "perhaps memory is out" : NULL;
    if (error != NULL) {
        words = error->msg != NULL ? error->msg : words;
        if (error->line > 0 && error->column > 0) {
            pos = (ent_pos){(uint32_t)error->line, (uint32_t)error->column, 1};
        }
    }
    for (size_t i = 0; i < sizeof hints / sizeof *hints && hint == NULL; i++) {
        hint = strstr(words, hints[i].part) != NULL ? hints[i].hint : NULL;
    }
    size_t length = strcspn(words, "\n");
    ent_tell(y->tree.work->diags, ENT_ERROR, ENT_C101_SYNTAX, y->text, pos, hint,
             "not valid YAML: %.*s", (int)(length > 200 ? 200 : length), words);
}

static void silence(struct fy_diag *diag, void *user, const char *text, size_t length)
{
    (void)diag, (void)user, (void)text, (void)length;
}

static void start(yaml *y)
{
    struct fy_diag_cfg quiet;
    fy_diag_cfg_default(&quiet);
    quiet.fp = NULL;
    quiet.output_fn = silence;
    quiet.level = FYET_ERROR;
    quiet.colorize = false;
    y->diag = fy_diag_create(&quiet);
    if (y->diag == NULL) {
        ent_out_of_memory(y->tree.work->arena);
    }
    fy_diag_set_collect_errors(y->diag, true);
    struct fy_parse_cfg config = {.search_path = "", .diag = y->diag};
    config.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE;
    y->parser = fy_parser_create(&config);
    if (y->parser == NULL || fy_parser_set_string(y->parser, y->text->at, y->text->length) != 0) {
        ent_out_of_memory(y->tree.work->arena);
    }
}

static ent_status parse(yaml *y)
{
    size_t before = ent_diags_count_of(y->tree.work->diags, ENT_ERROR);
    bool going = true;
    while (going) {
        y->event = fy_parser_parse(y->parser);
        if (y->event == NULL) {
            break;
        }
        going = take(y, y->event);
        y->ended = y->event->type == FYET_STREAM_END;
        fy_parser_event_free(y->parser, y->event);
        y->event = NULL;
    }
    if (going && fy_parser_get_stream_error(y->parser)) {
        tell_syntax(y);
    } else if (going && !y->ended) {
        ent_out_of_memory(y->tree.work->arena); /* the parser stopped and knows no reason */
    }
    if (ent_diags_count_of(y->tree.work->diags, ENT_ERROR) > before) {
        return ENT_INVALID;
    }
    if (y->tree.root == NULL || y->tree.depth > 0) {
        ent_tell(y->tree.work->diags, ENT_ERROR, ENT_C101_SYNTAX, y->text, (ent_pos){0, 0, 0},
                 "`entente new` writes a file to start from", "the file is empty");
        return ENT_INVALID;
    }
    return ENT_OK;
}

static bool spaces_before(const char *line, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (line[i] != ' ' && line[i] != '\t') {
            return false;
        }
    }
    return true;
}

/* Tabs look like spaces and are none: the commonest reason why a file means something else. */
static ent_status check_lines(ent_work *work, const ent_text *text)
{
    size_t told = 0;
    uint32_t number = 1;
    const char *end = text->at + text->length;
    for (const char *line = text->at; line < end && told < MOST_TRAPS; number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop == NULL ? end : stop) - line);
        const char *tab = memchr(line, '\t', length);
        if (length > LONGEST_LINE) {
            ent_tell(work->diags, ENT_ERROR, ENT_C117_TOO_MUCH, text, (ent_pos){number, 1, 1},
                     "break the line", "a line of more than %d KiB", (int)(LONGEST_LINE >> 10));
            return ENT_INVALID;
        }
        if (tab != NULL) {
            ent_pos pos = ent_pos_at(&(ent_text){NULL, line, length}, (size_t)(tab - line), 1);
            pos.line = number;
            bool indents = spaces_before(line, (size_t)(tab - line));
            ent_tell(work->diags, ENT_ERROR, ENT_C116_TAB, text, pos,
                     indents ? "indent with spaces" : "put a space, or \\t in quotation marks",
                     "a tab stands here");
            told++;
        }
        line += length + 1;
    }
    return told > 0 ? ENT_INVALID : ENT_OK;
}

ent_status ent_read_yaml(ent_work *work, const ent_text *text, const ent_node **root)
{
    ent_text *shown = ent_alloc(work->arena, 1, ent_text);
    *shown = *text;
    if (shown->length >= 3 && memcmp(shown->at, "\xEF\xBB\xBF", 3) == 0) {
        shown->at += 3; /* a byte order mark takes no column */
        shown->length -= 3;
    }
    ent_status status = ent_check_characters(work, shown);
    status = status == ENT_OK ? check_lines(work, shown) : status;
    if (status != ENT_OK) {
        return status;
    }
    yaml *y = ent_alloc(work->arena, 1, yaml);
    y->tree = (ent_tree){.work = work, .text = shown, .merge = "<<"};
    y->text = shown;
    y->line = 1;
    y->column = 1;
    ent_defer(work->arena, release, y);
    start(y);
    status = parse(y);
    *root = y->tree.root;
    release(y);
    return status;
}
