#include "api/ask.h"
#include "report/brief.h"

#include <string.h>

static const ent_option_row options[] = {
    ENT_CASE_OPTIONS,
    {"threshold", "X", ENT_OPTION_NUMBER, false, "joint share that counts as a bridge (0.5)"},
    {"full", NULL, ENT_OPTION_FLAG, false, "every section, not one page alone"},
    {"format", "NAME", ENT_OPTION_TEXT, false,
     "text (default), markdown, html, docx, odt or pdf: a brief to hand on"},
};

/* What the answer is to be; a word processor's documents are made of Markdown by the caller. */
typedef enum report_form { PAGE, WHOLE, MARKDOWN, WORD, HTML, NO_FORM } report_form;

static report_form form_of(const ent_asking *asking)
{
    static const struct {
        const char *name;
        report_form form;
    } forms[] = {{"text", PAGE}, {"markdown", MARKDOWN}, {"html", HTML},
                 {"docx", WORD}, {"odt", MARKDOWN},      {"pdf", MARKDOWN}};
    const char *name = ent_asked_text(asking, "format");
    if (name == NULL) {
        return asking->request->format != ENT_TEXT || ent_asked_flag(asking, "full") ? WHOLE
                                                                                     : PAGE;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, name) == 0) {
            return forms[i].form == PAGE && ent_asked_flag(asking, "full") ? WHOLE : forms[i].form;
        }
    }
    return NO_FORM;
}

static ent_status no_such_form(const ent_asking *asking, const char *name,
                               const char *const *names, size_t count)
{
    const char *nearest = ent_nearest(name, names, count);
    return ent_fail(asking->work->diags, ENT_USAGE, ENT_U103_BAD_VALUE,
                    nearest == NULL
                        ? NULL
                        : ent_format(asking->work->arena, "did you mean `%s`?", nearest),
                    "`--format` takes text, markdown, html, docx, odt or pdf, not `%s`", name);
}

static ent_status check_form(const ent_asking *asking, report_form form)
{
    static const char *const names[] = {"text", "markdown", "html", "docx", "odt", "pdf"};
    const char *name = ent_asked_text(asking, "format");
    if (form == NO_FORM) {
        return no_such_form(asking, name, names, sizeof names / sizeof *names);
    }
    return form >= MARKDOWN && asking->request->format != ENT_TEXT
               ? ent_fail(asking->work->diags, ENT_USAGE, ENT_U108_GIVEN_TWICE,
                          "leave one of them out", "`--format %s` and --json or --plain exclude "
                          "each other", name)
               : ENT_OK;
}

static void print(ent_asking *asking, const ent_summary *s, report_form form)
{
    static const ent_document_form documents[] = {[MARKDOWN] = ENT_DOCUMENT_MARKDOWN,
                                                  [WORD] = ENT_DOCUMENT_WORD,
                                                  [HTML] = ENT_DOCUMENT_HTML};
    if (form >= MARKDOWN) {
        asking->as_it_is = true;
        ent_put_brief(asking->out, documents[form], s);
    } else if (asking->request->format == ENT_JSON) {
        ent_put_summary_json(asking->out, s);
    } else if (asking->request->format == ENT_PLAIN) {
        ent_put_summary_plain(asking->out, s);
    } else if (form == WHOLE) {
        ent_put_summary_text(asking->out, &asking->style, s);
    } else {
        ent_put_summary_page(asking->out, &asking->style, s);
    }
}

static ent_status report(ent_asking *asking)
{
    static const unsigned parts[] = {
        [PAGE] = ENT_PART_DEALS | ENT_PART_WAYS,
        [WHOLE] = ENT_PART_DEALS | ENT_PART_WAYS | ENT_PART_BRIDGE | ENT_PART_INFLUENCE |
                  ENT_PART_PLAN | ENT_PART_WALK,
        [MARKDOWN] = ENT_PART_DEALS | ENT_PART_WAYS | ENT_PART_BRIDGE,
        [WORD] = ENT_PART_DEALS | ENT_PART_WAYS | ENT_PART_BRIDGE,
        [HTML] = ENT_PART_DEALS | ENT_PART_WAYS | ENT_PART_BRIDGE};
    ent_analysis analysis;
    ent_disputes disputes;
    ent_work *work = asking->work;
    report_form form = form_of(asking);
    ent_status status = check_form(asking, form);
    if (status == ENT_OK) {
        status = ent_asked_analysis(asking, &analysis);
    }
    if (status == ENT_OK) {
        status = ent_asked_number(asking, "threshold", 0, 1, &analysis.settings.threshold);
    }
    ent_status found = status == ENT_OK ? ent_find_disputes(work, analysis.c, analysis.on,
                                                            (ent_dispute_limits){0}, &disputes)
                                        : status;
    if (found != ENT_OK && found != ENT_LIMIT) {
        return found;
    }
    ent_whole_wish wish = ent_usual_wish(parts[form]);
    ent_whole whole;
    wish.lenient = true;
    wish.disputes = &disputes;
    wish.plan.brief = true;
    wish.enquiry.counted = asking->request->format == ENT_JSON; /* the text does not say */
    status = ent_answer_whole(work, &analysis, &wish, &whole);
    ent_summary summary = {.analysis = &analysis,
                           .disputes = &disputes,
                           .whole = &whole,
                           .command_case = asking->request->inputs[0].path};
    bool document = form >= MARKDOWN && status == ENT_CANCELLED; /* half of one is none */
    if (!document && ent_has_answer(asking, &analysis, status, whole.answered)) {
        print(asking, &summary, form);
    }
    return status == ENT_OK ? found : status;
}

const ent_question ent_ask_report = {
    .row = {.name = "report",
            .form = "CASE",
            .served = true,
            .least = 1,
            .most = 1,
            .summary = "the whole answer, on one page",
            .help = "The question and the answer in a sentence, the accounts side by side, what is "
                    "in dispute, the best package, what to ask first, what is assumed: one page. "
                    "With --full every section: what would have to change, the steps that trust "
                    "can carry, staying or walking, what to find out first, method and limits.\n\n"
                    "--format writes a brief of two to four pages with tables, a figure, footnotes "
                    "and an annex of the sources with their words. docx and odt are made by "
                    "pandoc, pdf by LibreOffice too, where these are installed (`tools/setup "
                    "docs`); they need -o FILE.",
            .options = options,
            .option_count = sizeof options / sizeof *options,
            .has_plain = true,
            .shared = true},
    .answer = report,
};
