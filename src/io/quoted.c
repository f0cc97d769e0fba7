#include "base/unicode.h"
#include "io/words.h"

#include <string.h>

/* A search gives up where a text of nothing but optional signs would make it go all ways. */
enum { MOST_STEPS = 20000, MOST_IN_ALL = 20000000, LONGEST_PASSAGE = 100 };

typedef struct search {
    const ent_words_list *text;
    const ent_word *piece; /* of the quotation, between two ellipses */
    size_t count;
    size_t steps, all_steps;
    uint32_t passed; /* offset of what was passed over last */
    ent_quoted found;
} search;

static uint32_t line_at(const ent_words_list *text, uint32_t offset)
{
    uint32_t line = 1;
    for (uint32_t i = 0; i < offset; i++) {
        line += text->text[i] == '\n';
    }
    return line;
}

static ent_slice slice_of(const ent_word *word)
{
    return (ent_slice){word->at, word->length};
}

/* The first word of a piece may have been begun with a capital, or not, to fit its new place. */
static bool same(const search *s, const ent_word *word, size_t k)
{
    const ent_word *wanted = &s->piece[k];
    if (word->length == wanted->length && memcmp(word->at, wanted->at, word->length) == 0) {
        return true;
    }
    return k == 0 && (word->flags & wanted->flags & ENT_IS_WORD) != 0 &&
           ent_same_but_first_case(slice_of(word), slice_of(wanted));
}

/* The break whose foot or head begins at the word; breaks are in the order of the text. */
static const ent_page_break *break_at(const ent_words_list *text, size_t i)
{
    size_t low = 0;
    size_t high = text->break_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = text->breaks[middle].heads > 0 && text->breaks[middle].head[0] < i;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    const ent_page_break *page = low < text->break_count ? &text->breaks[low] : NULL;
    bool at = page != NULL && (page->foot[0] == i || page->foot[1] == i || page->head[0] == i);
    return at ? page : NULL;
}

static void note_page(search *s, size_t i)
{
    s->found.over_page = true;
    s->passed = s->text->at[i].from;
}

/* Does the text's word stand in the wanted one from `used` on? */
static bool is_part(const search *s, size_t i, size_t k, size_t used)
{
    const ent_word *part = &s->text->at[i];
    const ent_word *wanted = &s->piece[k];
    if ((part->flags & ENT_IS_WORD) == 0 || part->length > wanted->length - used) {
        return false;
    }
    ent_slice rest = {wanted->at + used, part->length};
    return memcmp(part->at, rest.at, rest.length) == 0 ||
           (k == 0 && used == 0 && ent_same_but_first_case(slice_of(part), rest));
}

/* The place where the rest of a word goes on: here, or behind the end of a page. */
static size_t resume(search *s, size_t i, size_t k, size_t used)
{
    const ent_words_list *t = s->text;
    if (i >= t->count || is_part(s, i, k, used)) {
        return i;
    }
    const ent_page_break *page = (t->at[i].flags & ENT_IS_PAGE) != 0 ? break_at(t, i) : NULL;
    for (size_t h = 0; page != NULL && h < page->heads; h++) {
        if (page->head[h] > i && page->head[h] < t->count && is_part(s, page->head[h], k, used)) {
            note_page(s, i);
            return page->head[h];
        }
    }
    return t->count;
}

/* A word that the ends of lines part, `re-` and `consideration`: true with what follows it. */
static bool is_parted(search *s, size_t i, size_t k, size_t *next)
{
    const ent_words_list *t = s->text;
    size_t used = 0;
    for (size_t parts = 0;; parts++) {
        i = parts == 0 ? i : resume(s, i, k, used);
        if (i >= t->count || !is_part(s, i, k, used)) {
            return false;
        }
        used += t->at[i++].length;
        if (used == s->piece[k].length) {
            *next = i;
            return parts > 0;
        }
        if (i >= t->count || (t->at[i].flags & ENT_IS_LINE_END) == 0) {
            return false;
        }
        i++;
    }
}

static size_t behind_optional(const search *s, size_t i)
{
    const ent_words_list *t = s->text;
    do {
        i++;
    } while (i < t->count && (t->at[i].flags & ENT_IS_MORE) != 0);
    return i;
}

static bool match(search *s, size_t i, size_t k, size_t *end);

static bool match_over_page(search *s, size_t i, size_t k, size_t *end)
{
    const ent_page_break *page = break_at(s->text, i);
    for (size_t h = 0; page != NULL && h < page->heads; h++) {
        ent_quoted before = s->found;
        if (page->head[h] > i) {
            note_page(s, i);
            if (match(s, page->head[h], k, end)) {
                return true;
            }
            s->found = before;
        }
    }
    return false;
}

/* Do the words from k on stand at i? Recursion is as deep as there are choices, see MOST_STEPS. */
static bool match(search *s, size_t i, size_t k, size_t *end)
{
    const ent_words_list *t = s->text;
    while (k < s->count) {
        size_t next;
        if (i >= t->count || ++s->steps > MOST_STEPS || ++s->all_steps > MOST_IN_ALL) {
            return false;
        }
        const ent_word *word = &t->at[i];
        bool choice = k > 0 && (word->flags & (ENT_IS_OPTIONAL | ENT_IS_PAGE)) != 0;
        bool equal = same(s, word, k);
        ent_quoted before = s->found;
        if (equal && choice && match(s, i + 1, k + 1, end)) {
            return true;
        }
        s->found = before;
        if (equal && !choice) {
            i++;
            k++;
        } else if (!equal && is_parted(s, i, k, &next)) {
            i = next;
            k++;
        } else if (choice && (word->flags & ENT_IS_OPTIONAL) != 0) {
            if ((word->flags & ENT_IS_QUIET) == 0) {
                s->found.over_mark = true;
                s->passed = word->from;
            }
            i = behind_optional(s, i);
        } else {
            return choice && match_over_page(s, i, k, end);
        }
    }
    *end = i;
    return true;
}

/* A quotation begins and ends where words do, and `x-ray` is one word. */
static bool begins_word(const ent_words_list *t, size_t i)
{
    return i == 0 || (t->at[i - 1].flags & (ENT_IS_INNER | ENT_IS_LINE_END)) == 0;
}

static bool ends_word(search *s, size_t end)
{
    const ent_words_list *t = s->text;
    if (end >= t->count || (t->at[end - 1].flags & ENT_IS_WORD) == 0) {
        return true;
    }
    const ent_word *next = &t->at[end];
    const uint32_t number = ENT_IS_OPTIONAL | ENT_IS_WORD;
    if ((next->flags & number) == number && next->from == t->at[end - 1].to &&
        (unsigned char)t->text[next->from] < 0x80) {
        s->found.over_mark = true; /* "sanctions1" */
        s->passed = next->from;
    }
    return (next->flags & (ENT_IS_INNER | ENT_IS_LINE_END)) == 0;
}

static bool find_piece(search *s, size_t *from)
{
    for (size_t i = *from; i < s->text->count; i++) {
        size_t end;
        ent_quoted before = s->found;
        s->steps = 0;
        if (begins_word(s->text, i) && match(s, i, 0, &end) && ends_word(s, end)) {
            *from = end;
            return true;
        }
        s->found = before;
    }
    return false;
}

/* ---- The quotation -------------------------------------------------------------------------- */

/* "[W]e" as "We"; brackets round an ellipsis go with it. */
static char *without_brackets(ent_arena *arena, const char *words)
{
    char *out = ent_copy(arena, words);
    size_t length = 0;
    for (const char *at = words; *at != '\0'; at++) {
        bool letter = at[0] == '[' && at[1] != '\0' && at[2] == ']' &&
                      ((at[3] | 0x20) >= 'a' && (at[3] | 0x20) <= 'z');
        if (letter) {
            out[length++] = at[1];
            at += 2;
        } else {
            out[length++] = *at;
        }
    }
    out[length] = '\0';
    return out;
}

/* An ellipsis, with the brackets round it: the number of signs, or 0. */
static size_t gap_at(const ent_word *words, size_t count)
{
    if (count > 0 && (words[0].flags & ENT_IS_GAP) != 0) {
        return 1;
    }
    bool opens = count > 2 && words[0].length == 1 && strchr("[(", *words[0].at) != NULL;
    return opens && (words[1].flags & ENT_IS_GAP) != 0 && words[2].length == 1 &&
                   strchr("])", *words[2].at) != NULL
               ? 3
               : 0;
}

static bool is_stop(const ent_word *word)
{
    return word->length == 1 && strchr(".,;:!?", *word->at) != NULL;
}

static bool find_all(search *s, const ent_word *words, size_t count)
{
    size_t from = 0;
    for (size_t i = 0; i < count;) {
        size_t gap = gap_at(words + i, count - i);
        if (gap > 0) {
            i += gap;
            continue;
        }
        size_t end = i;
        while (end < count && gap_at(words + end, count - end) == 0) {
            end++;
        }
        s->piece = words + i;
        s->count = end - i;
        if (!find_piece(s, &from)) {
            return false;
        }
        i = end;
    }
    return true;
}

/* ---- The nearest passage -------------------------------------------------------------------- */

/* The quotation's different words, how often each is wanted, and had in the window. */
typedef struct bag {
    const ent_word **words;
    uint32_t *wanted, *had;
    size_t count;
} bag;

static size_t index_in(const bag *b, const ent_word *word)
{
    size_t i = 0;
    while (i < b->count && (b->words[i]->length != word->length ||
                            memcmp(b->words[i]->at, word->at, word->length) != 0)) {
        i++;
    }
    return i;
}

static bag bag_of(ent_arena *arena, const ent_word *words, size_t count)
{
    bag b = {ent_alloc(arena, count, const ent_word *), ent_alloc(arena, count + 1, uint32_t),
             ent_alloc(arena, count + 1, uint32_t), 0};
    for (size_t i = 0; i < count; i++) {
        size_t k = index_in(&b, &words[i]);
        if ((words[i].flags & ENT_IS_WORD) != 0) {
            b.words[k] = &words[i];
            b.count += k == b.count;
            b.wanted[k]++;
        }
    }
    return b;
}

/* The window of `width` words that holds most of the bag; how many. */
static size_t best_window(ent_arena *arena, const ent_words_list *t, bag *b, size_t width,
                          size_t *start)
{
    size_t *kind = ent_alloc(arena, t->count + 1, size_t);
    size_t held = 0;
    size_t best = 0;
    for (size_t i = 0; i < t->count; i++) {
        size_t k = kind[i] = index_in(b, &t->at[i]);
        if (k < b->count) {
            held += b->had[k]++ < b->wanted[k];
        }
        size_t old = i >= width ? kind[i - width] : b->count;
        if (old < b->count) {
            held -= b->had[old]-- <= b->wanted[old];
        }
        if (held > best) {
            best = held;
            *start = i + 1 >= width ? i + 1 - width : 0;
        }
    }
    return best;
}

static const char *passage(ent_arena *arena, const ent_words_list *t, size_t from, size_t to)
{
    ent_buffer out = ent_buffer_init(arena, 0);
    bool blank = false;
    for (size_t i = t->at[from].from; i < t->at[to].to; i++) {
        bool space = strchr(" \t\r\n\f", t->text[i]) != NULL;
        if (!space) {
            ent_put(&out, blank ? " " : "");
            ent_put_char(&out, t->text[i]);
        }
        blank = space;
    }
    char *text = ent_copy(arena, ent_buffer_text(&out));
    if (out.length > LONGEST_PASSAGE) {
        text[LONGEST_PASSAGE] = '\0';
        text[ent_utf8_valid(text, LONGEST_PASSAGE)] = '\0';
        text = ent_format(arena, "%s...", text);
    }
    return text;
}

static void find_nearest(ent_arena *arena, search *s, const ent_word *words, size_t count)
{
    const ent_words_list *t = s->text;
    bag b = bag_of(arena, words, count);
    size_t total = 0;
    for (size_t k = 0; k < b.count; k++) {
        total += b.wanted[k];
    }
    size_t from = 0;
    size_t width = count + count / 4;
    if (best_window(arena, t, &b, width, &from) * 2 <= total) {
        return;
    }
    size_t to = from + width < t->count ? from + width - 1 : t->count - 1;
    while (from < to && index_in(&b, &t->at[from]) == b.count) {
        from++;
    }
    while (to > from && index_in(&b, &t->at[to]) == b.count) {
        to--;
    }
    memset(b.had, 0, (b.count + 1) * sizeof *b.had);
    for (size_t i = from; i <= to; i++) {
        b.had[index_in(&b, &t->at[i])]++;
    }
    for (size_t i = 0; i < count && s->found.missing == NULL; i++) {
        size_t k = index_in(&b, &words[i]);
        if (k < b.count && b.had[k] == 0) {
            s->found.missing = ent_copy_text(arena, words[i].at, words[i].length);
        }
    }
    s->found.nearest = passage(arena, t, from, to);
    s->found.nearest_line = line_at(t, t->at[from].from);
}

ent_quoted ent_find_quoted(ent_arena *arena, const ent_words_list *text, const char *words)
{
    const char *plain = without_brackets(arena, words);
    const ent_words_list *all = ent_words_of(arena, plain, strlen(plain));
    ent_word *wanted = ent_alloc(arena, all->count + 1, ent_word);
    size_t count = 0;
    for (size_t i = 0; i < all->count; i++) {
        if ((all->at[i].flags & ENT_IS_QUIET) == 0) {
            wanted[count++] = all->at[i];
        }
    }
    search s = {.text = text};
    s.found.found = find_all(&s, wanted, count);
    /* The stop that ends the sentence of a quotation need not be the text's. */
    if (!s.found.found && count > 1 && is_stop(&wanted[count - 1])) {
        s.found = (ent_quoted){.found = false};
        s.found.found = find_all(&s, wanted, count - 1);
    }
    if (!s.found.found) {
        s.found = (ent_quoted){.found = false};
        find_nearest(arena, &s, wanted, count);
    } else if (s.found.over_mark || s.found.over_page) {
        s.found.line = line_at(text, s.passed);
    }
    return s.found;
}
