/* Diagnostics in words, as terminals and golden files show them. */
#ifndef ENT_BASE_DIAG_TEXT_H
#define ENT_BASE_DIAG_TEXT_H

#include "base/diag.h"
#include "base/text.h"

/*
 * The message, its place, the line of the file with carets under what is meant, and the hint:
 *
 *   error[C103]: no issue is called `yongbyn`
 *     --> hanoi.yaml:41:32
 *   41 |       - {party: us, refuses: {yongbyn: dismantled}}
 *      |                               ^^^^^^^ did you mean `yongbyon`?
 *
 * Whatever a file holds, no control character reaches the terminal.
 */
void ent_put_diag(ent_buffer *out, const ent_diag *diag, bool color);

#endif
