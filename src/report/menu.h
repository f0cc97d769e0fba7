/* Menus as text, JSON, plain lines and a drawing. menus[analysis->accounts.count]. */
#ifndef ENT_REPORT_MENU_H
#define ENT_REPORT_MENU_H

#include "answers/menu.h"
#include "report/words.h"

/* most: the size asked for. */
void ent_put_menu_text(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                       const ent_menus *menus, size_t most);
void ent_put_menu_json(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus);
void ent_put_menu_plain(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus);
void ent_put_menu_svg(ent_buffer *out, const ent_analysis *analysis, const ent_menus *menus);

/* The packages of one menu, each in full, with what it adds and for whom. */
void ent_put_menu_items(ent_buffer *out, const ent_style *style, const ent_analysis *analysis,
                        size_t account, const ent_menu *menu, unsigned indent);

#endif
