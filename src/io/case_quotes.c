/*
 * Are the words of a statement in the text of its source, as io/quoted.h compares them? Each source
 * is read once; a search is linear but for odd texts, and all searches together have a budget.
 */
#include "io/case_decode.h"
#include "io/quoted.h"
#include "io/source_kind.h"

#include <string.h>

/* Bytes of source texts that are searched in all; a second or two. */
static const uint64_t search_budget = (uint64_t)4 << 30;

static void destroy_diags(void *diags)
{
    ent_diags_destroy(diags);
}

/* A source as it is searched. */
typedef struct searched {
    const ent_words_list *words; /* NULL: its text cannot be had */
    size_t length;
    bool tried;
} searched;

static ent_status read_quietly(ent_decoder *d, const ent_source *source, ent_text *text,
                               const char **why)
{
    ent_work quiet = *d->work;
    quiet.diags = ent_diags_create();
    if (quiet.diags == NULL) {
        ent_out_of_memory(d->work->arena);
    }
    ent_defer(d->work->arena, destroy_diags, quiet.diags);
    char *path = ent_path_join(d->work->arena, d->folder, source->file);
    ent_status status = d->files->read(d->files->user, &quiet, path, ENT_SOURCE_BYTES, text);
    const ent_diag *said = ent_diags_get(quiet.diags, 0);
    *why = said == NULL ? "the text of the source cannot be read" : said->message;
    return status;
}

static searched read_source(ent_decoder *d, const ent_source *source)
{
    searched none = {NULL, 0, true};
    ent_text text = {NULL, NULL, 0};
    const char *why;
    const char *hint;
    if (read_quietly(d, source, &text, &why) != ENT_OK) {
        ent_warn(d, ENT_C161_NO_SOURCE_TEXT, source->pos, "its quotes were not compared", "%s",
                 why);
        return none;
    }
    if (ent_no_plain_text(d->work->arena, &text, &why, &hint)) {
        ent_warn(d, ENT_C161_NO_SOURCE_TEXT, source->pos, hint,
                 "`%s` is %s: its quotes were not compared", source->file, why);
        return none;
    }
    return (searched){ent_words_of(d->work->arena, text.at, text.length), text.length, true};
}

static void tell_lost(ent_decoder *d, uint32_t index, const ent_quoted *found)
{
    const ent_source *source = &d->sources[d->statements[index].source];
    const char *hint = "quote it as it stands there, or make it `editorial`";
    if (found->nearest != NULL) {
        hint = found->missing != NULL
                   ? ent_format(d->work->arena, "line %u has `%s`, without `%s`",
                                found->nearest_line, found->nearest, found->missing)
                   : ent_format(d->work->arena, "line %u has `%s`", found->nearest_line,
                                found->nearest);
    }
    ent_warn(d, ENT_C152_NOT_IN_SOURCE, d->words[index]->pos, hint,
             "the text of `%.100s` does not hold these words", source->id);
}

static void compare(ent_decoder *d, uint32_t index, const searched *source)
{
    const ent_statement *s = &d->statements[index];
    ent_quoted found = ent_find_quoted(d->work->arena, source->words, s->words);
    if (!found.found) {
        tell_lost(d, index, &found);
    } else if (found.over_page || found.over_mark) {
        ent_tell(d->work->diags, ENT_NOTE, ENT_C168_ALMOST_IN_SOURCE, d->text,
                 d->words[index]->pos, "see that nothing else was passed over",
                 "found across %s, line %u of `%s`",
                 found.over_page ? "a page break" : "a footnote mark or number", found.line,
                 d->sources[s->source].file);
    }
}

void ent_compare_quotes(ent_decoder *d)
{
    uint64_t left = search_budget;
    searched *sources = ent_alloc(d->work->arena, d->c->source_count, searched);
    for (uint32_t i = 0; d->files != NULL && i < d->c->statement_count; i++) {
        const ent_statement *s = &d->statements[i];
        bool held = s->kind == ENT_QUOTE || s->kind == ENT_REPORTED;
        if (!held || d->words[i] == NULL || s->source == ENT_NONE ||
            d->sources[s->source].file == NULL) {
            continue;
        }
        searched *source = &sources[s->source];
        if (!source->tried) {
            *source = read_source(d, &d->sources[s->source]);
        }
        if (source->words == NULL) {
            continue;
        }
        if (source->length >= left) {
            ent_warn(d, ENT_C161_NO_SOURCE_TEXT, s->pos, "split the texts of the sources",
                     "too much text to search: from here on, quotes were not compared");
            return;
        }
        if (ent_stopped(d->work)) {
            return; /* whoever asked to stop knows that the rest was not compared */
        }
        left -= source->length;
        compare(d, i, source);
    }
}
