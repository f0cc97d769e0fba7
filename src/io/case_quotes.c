/*
 * Are the words of a statement in the text of its source? White space counts as one space and
 * typographic quotation marks as plain ones; all else is compared as it stands. Each source is read
 * once; a search is linear, and all searches together have a budget.
 */
#include "io/case_decode.h"

#include <string.h>

/* Bytes of source texts that are searched in all; a second or two. */
static const uint64_t search_budget = (uint64_t)4 << 30;

static bool is_space(int32_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000 || c == 0xFEFF;
}

static char plain_mark(int32_t c)
{
    switch (c) {
    case 0x2018: /* single, left, right, low, reversed, prime */
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
        return '\'';
    case 0x201C: /* double, the same */
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0xAB:
    case 0xBB:
        return '"';
    default:
        return '\0';
    }
}

/* The text as it is compared; never longer than it was. */
static ent_slice plain_text(ent_decoder *d, const char *text, size_t length)
{
    char *out = ent_alloc(d->work->arena, length + 1, char);
    size_t count = 0;
    bool space = true; /* leading white space goes */
    for (size_t at = 0; at < length;) {
        size_t start = at;
        int32_t c = ent_utf8_next(text, length, &at);
        char mark = plain_mark(c);
        if (is_space(c) || c == 0) {
            if (!space) {
                out[count++] = ' ';
            }
            space = true;
            continue;
        }
        space = false;
        if (mark != '\0') {
            out[count++] = mark;
        } else {
            memcpy(out + count, text + start, at - start);
            count += at - start;
        }
    }
    count -= count > 0 && out[count - 1] == ' ';
    out[count] = '\0';
    return (ent_slice){out, count};
}

static void destroy_diags(void *diags)
{
    ent_diags_destroy(diags);
}

/* The source's text in its plain form; at == NULL where it cannot be had. */
static ent_slice source_text(ent_decoder *d, const ent_source *source)
{
    ent_work quiet = *d->work;
    ent_text text = {NULL, NULL, 0};
    quiet.diags = ent_diags_create();
    if (quiet.diags == NULL) {
        ent_out_of_memory(d->work->arena);
    }
    ent_defer(d->work->arena, destroy_diags, quiet.diags);
    char *path = ent_path_join(d->work->arena, d->folder, source->file);
    ent_status status = d->files->read(d->files->user, &quiet, path, ENT_SOURCE_BYTES, &text);
    if (status != ENT_OK) {
        const ent_diag *why = ent_diags_get(quiet.diags, 0);
        ent_warn(d, ENT_C161_NO_SOURCE_TEXT, source->pos, "its quotes were not compared", "%s",
                 why == NULL ? "the text of the source cannot be read" : why->message);
        return (ent_slice){NULL, 0};
    }
    return plain_text(d, text.at, text.length);
}

static void compare(ent_decoder *d, uint32_t index, ent_slice source)
{
    const ent_statement *s = &d->statements[index];
    ent_slice words = plain_text(d, s->words, strlen(s->words));
    if (strstr(source.at, words.at) == NULL) {
        ent_warn(d, ENT_C152_NOT_IN_SOURCE, d->words[index]->pos,
                 "quote it as it stands there, or make it `editorial`",
                 "the text of `%.100s` does not hold these words", d->sources[s->source].id);
    }
}

void ent_compare_quotes(ent_decoder *d)
{
    uint64_t left = search_budget;
    ent_slice *texts = ent_alloc(d->work->arena, d->c->source_count, ent_slice);
    bool *tried = ent_alloc(d->work->arena, d->c->source_count, bool);
    for (uint32_t i = 0; d->files != NULL && i < d->c->statement_count; i++) {
        const ent_statement *s = &d->statements[i];
        bool held = s->kind == ENT_QUOTE || s->kind == ENT_REPORTED;
        if (!held || d->words[i] == NULL || s->source == ENT_NONE ||
            d->sources[s->source].file == NULL) {
            continue;
        }
        if (!tried[s->source]) {
            tried[s->source] = true;
            texts[s->source] = source_text(d, &d->sources[s->source]);
        }
        ent_slice text = texts[s->source];
        if (text.at == NULL) {
            continue;
        }
        if (text.length >= left) {
            ent_warn(d, ENT_C161_NO_SOURCE_TEXT, s->pos, "split the texts of the sources",
                     "too much text to search: from here on, quotes were not compared");
            return;
        }
        left -= text.length;
        compare(d, i, text);
    }
}
