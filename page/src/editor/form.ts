// The form of a file beside its words: its byte order mark and what ends its lines. The editor holds words
// alone, parted by line feeds; what nobody changed is written as it was read.

export interface Form {
  mark: string;
  /** What ends each line: line feed, carriage return and line feed, or carriage return alone. */
  ends: string[];
}
const MARK = "\uFEFF";

export function parted(text: string): { words: string; form: Form } {
  const mark = text.startsWith(MARK) ? MARK : "";
  const body = text.slice(mark.length);
  return { words: body.replace(/\r\n?/g, "\n"), form: { mark, ends: body.match(/\r\n?|\n/g) ?? [] } };
}

const AHEAD = 200;

/** The ending that most lines have; the first of equals. */
function usual(ends: string[]): string {
  const counts = new Map<string, number>();
  ends.forEach((e) => counts.set(e, (counts.get(e) ?? 0) + 1));
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ["\n", 0] as [string, number])[0];
}

/**
 * Words in the form of the file that `before` was read from: lines that stayed end as they did, new ones as most
 * do. Between the first change and the last one a line is looked for AHEAD lines on. O(length).
 */
export function together(words: string, before: string, form: Form): string {
  const [now, old] = [words.split("\n"), before.split("\n")];
  const end = usual(form.ends);
  let first = 0;
  while (first < now.length - 1 && first < old.length - 1 && now[first] === old[first]) first++;
  let last = 0;
  const room = Math.min(now.length, old.length) - first;
  while (last < room && now[now.length - 1 - last] === old[old.length - 1 - last]) last++;
  const between: (string | undefined)[] = [];
  for (let i = first, j = first; i < now.length - last; i++) {
    // As many lines as before: each is its own. Otherwise the next that says the same.
    const most = Math.min(old.length - last, j + AHEAD);
    let found = now.length === old.length ? i : j;
    while (now.length !== old.length && found < most && old[found] !== now[i]) found++;
    if (now.length !== old.length && found >= most) continue;
    between[i] = form.ends[found];
    j = found + 1;
  }
  const endOf = (i: number) =>
    (i < first ? form.ends[i] : i >= now.length - last ? form.ends[i - now.length + old.length] : between[i]) ?? end;
  return form.mark + now.map((line, i) => (i < now.length - 1 ? line + endOf(i) : line)).join("");
}
