#include "report/page_parts.h"
#include "report/page_template.h"

#include <string.h>

static const char *put_up_to(ent_buffer *out, const char *from, const char *mark)
{
    const char *at = strstr(from, mark);
    if (at == NULL) {
        return from;
    }
    ent_put_bytes(out, from, (size_t)(at - from));
    return at + strlen(mark);
}

/* JSON without the spaces between its tokens: a sixth of the document. */
static void put_compact(ent_buffer *out, const char *json)
{
    bool quoted = false;
    const char *start = json;
    for (const char *at = json; *at != '\0'; at++) {
        if (*at == '\\' && quoted) {
            at += at[1] != '\0';
        } else if (*at == '"') {
            quoted = !quoted;
        } else if (*at == ' ' && !quoted) {
            ent_put_bytes(out, start, (size_t)(at - start));
            start = at + 1;
        }
    }
    ent_put(out, start);
}

bool ent_page_is_built(void)
{
    const char *page = ent_page_template; /* which array it is, the linker decides */
    return *page != '\0';
}

void ent_put_page_live(ent_buffer *out, bool editor)
{
    const char *rest = editor ? ent_page_edit_template : ent_page_live_template;
    rest = put_up_to(out, rest, "<!--entente:csp-->");
    rest = put_up_to(out, rest, "<!--entente:words-->");
    ent_put(out, "<p class=\"computing\" role=\"status\">Computing</p>");
    rest = put_up_to(out, rest, "<!--entente:data-->");
    ent_put(out, rest);
}

/* The document is JSON of ours: it holds no `<`, so it cannot end its script element. */
void ent_put_page_file(ent_buffer *out, const ent_page *page, const char *document)
{
    const char *rest = put_up_to(out, ent_page_template, "<!--entente:csp-->");
    ent_putf(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">",
             ent_page_policy);
    rest = put_up_to(out, rest, "<!--entente:words-->");
    ent_put_page_words(out, page);
    rest = put_up_to(out, rest, "<!--entente:data-->");
    ent_put(out, "<script type=\"application/json\" id=\"entente-data\">");
    put_compact(out, document);
    ent_put(out, "</script>");
    ent_put(out, ent_page_engine);
    ent_put(out, rest);
}

bool ent_page_recomputes(void)
{
    return ent_page_engine[0] != '\0';
}

bool ent_put_page_reader(ent_buffer *out)
{
    ent_put_bytes(out, ent_page_reader, ent_page_reader_length);
    return ent_page_reader_length > 0;
}
