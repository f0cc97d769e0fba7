/* Words that tell what a row or column of a spreadsheet is, and texts that stand for no value. */
#include "base/text.h"
#include "io/table.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_LABEL = 60, LONGEST_WORD = 24 }; /* bytes */

/* Lower case (ASCII), each behind a `|`; accents as people write them and without. */
static const char *const words[] = {
    [ENT_WORD_TOTAL] = "|total|totals|grand total|subtotal|sum|sums|sum total|mean|average|avg|"
                       "median|max|maximum|min|minimum|count|summe|summen|gesamt|gesamtsumme|"
                       "gesamtergebnis|zwischensumme|insgesamt|mittelwert|durchschnitt|somme|"
                       "total général|total general|totaux|moyenne|médiane|media|promedio|suma|",
    [ENT_WORD_RESERVATION] = "|reservation|reservation value|reservation values|reservation point|"
                             "reservation points|batna|batna value|no agreement|no deal|no-deal|"
                             "disagreement|disagreement point|walk away|walk-away|walkaway|"
                             "no settlement|impasse|keine einigung|nichteinigung|kein abschluss|"
                             "kein vertrag|reservationswert|reservationspreis|pas d'accord|"
                             "pas d’accord|sans accord|aucun accord|désaccord|desaccord|"
                             "valeur de réserve|sin acuerdo|valor de reserva|",
    [ENT_WORD_WEIGHT] = "|weight|weights|weighting|weight %|weight (%)|importance|gewicht|gewichte|"
                        "gewichtung|poids|pondération|ponderation|peso|pesos|ponderación|",
    [ENT_WORD_JOINT] = "|joint|joint gain|joint gains|joint value|joint total|total|sum|welfare|"
                       "social welfare|combined|together|average|mean|summe|gesamt|gemeinsam|"
                       "gesamtnutzen|mittelwert|durchschnitt|somme|total joint|gain commun|"
                       "moyenne|suma|conjunto|promedio|product|nash product|produkt|",
    [ENT_WORD_RANK] = "|rank|ranking|rang|rangfolge|platz|classement|rango|puesto|order|",
    [ENT_WORD_INDEX] = "|id|no|no.|nr|nr.|#|number|index|row|nummer|lfd. nr.|zeile|numéro|numero|"
                       "n°|nº|num|ligne|fila|",
    [ENT_WORD_NOTE] = "|note|notes|comment|comments|remark|remarks|description|source|bemerkung|"
                      "bemerkungen|kommentar|anmerkung|beschreibung|quelle|remarque|remarques|"
                      "commentaire|commentaires|nota|notas|comentario|comentarios|",
    [ENT_WORD_COST] = "|cost|costs|price|expense|expenses|kosten|preis|preise|coût|coûts|cout|"
                      "prix|coste|costo|costos|precio|risk|risiko|",
    [ENT_WORD_TIME] = "|day|date|time|when|round|turn|week|month|datum|tag|runde|zeit|wann|woche|"
                      "jour|heure|tour|fecha|día|dia|ronda|hora|",
    [ENT_WORD_SPEAKER] = "|by|who|party|from|speaker|side|offered by|offer by|proposer|von|wer|"
                         "partei|seite|par|de|qui|partie|por|quién|quien|parte|",
    [ENT_WORD_ISSUE] = "|issue|issues|topic|item|attribute|criterion|thema|themen|gegenstand|punkt|"
                       "verhandlungspunkt|kriterium|enjeu|question|sujet|critère|critere|tema|"
                       "asunto|criterio|",
    [ENT_WORD_OPTION] = "|option|options|value|values|level|outcome|resolution|alternative|"
                        "ausprägung|wert|werte|stufe|lösung|valeur|niveau|solution|opción|"
                        "opcion|valor|nivel|",
    [ENT_WORD_VALUE] = "|points|point|score|scores|value|values|utility|utilities|punkte|"
                       "bewertung|nutzen|wert|utilité|utilite|valeur|note|puntos|puntuación|"
                       "puntuacion|utilidad|valor|",
};

/* The label in lower case, without punctuation around and a part in brackets behind it. */
static void plain_label(const char *label, char plain[LONGEST_LABEL])
{
    size_t length = 0;
    for (; *label != '\0' && length + 1 < LONGEST_LABEL; label++) {
        if (*label == '(' && length > 0 && plain[length - 1] == ' ') {
            break;
        }
        if (length > 0 || strchr(" *=~-", *label) == NULL) {
            plain[length++] = (char)tolower((unsigned char)*label);
        }
    }
    while (length > 0 && strchr(" :.*=", plain[length - 1]) != NULL) {
        length--;
    }
    plain[length] = '\0';
}

static bool listed(const char *plain, size_t length, ent_label word)
{
    if (length > LONGEST_WORD) {
        return false;
    }
    for (const char *at = words[word]; at[1] != '\0'; at = strchr(at + 1, '|')) {
        if (strncmp(at + 1, plain, length) == 0 && at[1 + length] == '|') {
            return length > 0;
        }
    }
    return false;
}

/* No word has a digit, and most labels of long tables have: "offer 4711". */
static const char *first_digit(const char *label)
{
    return label + strcspn(label, "0123456789");
}

bool ent_label_is(const char *label, ent_label word)
{
    char plain[LONGEST_LABEL];
    if (*first_digit(label) != '\0') {
        return false;
    }
    plain_label(label, plain);
    size_t whole = strlen(label);
    return listed(plain, strlen(plain), word) || (whole < 8 && listed(label, whole, word));
}

bool ent_label_begins(const char *label, ent_label word)
{
    char plain[LONGEST_LABEL];
    plain_label(label, plain);
    size_t most = (size_t)(first_digit(plain) - plain);
    most = most > LONGEST_WORD ? LONGEST_WORD : most;
    for (size_t length = 1; length <= most; length++) {
        unsigned char next = (unsigned char)plain[length];
        if (!isalnum(next) && next < 0x80 && listed(plain, length, word)) {
            return true;
        }
    }
    return false;
}

bool ent_cell_is_missing(const ent_cell *cell)
{
    static const char missing[] =
        "||-|--|–|—|−|n/a|n.a.|n. a.|na|nan|null|none|nil|missing|?|??|.|..|…|...|x|tbd|"
        "k. a.|k.a.|s/d|n/d|#n/a|#na|#nv|#ref!|#bezug!|#div/0!|#value!|#wert!|#name?|#num!|"
        "#null!|";
    size_t length = strlen(cell->text);
    if (cell->kind == ENT_CELL_ERROR || length == 0) {
        return true;
    }
    char plain[12];
    if (length >= sizeof plain) {
        return false;
    }
    for (size_t k = 0; k <= length; k++) {
        plain[k] = (char)tolower((unsigned char)cell->text[k]);
    }
    if (strncmp(plain, "err:", 4) == 0) { /* as LibreOffice numbers them */
        return true;
    }
    for (const char *at = missing; at[1] != '\0'; at = strchr(at + 1, '|')) {
        if (strncmp(at + 1, plain, length) == 0 && at[1 + length] == '|') {
            return true;
        }
    }
    return false;
}
