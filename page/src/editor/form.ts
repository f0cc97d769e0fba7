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

/** The ending that most lines have; the first of equals. */
function usual(ends: string[]): string {
  const counts = new Map<string, number>();
  ends.forEach((e) => counts.set(e, (counts.get(e) ?? 0) + 1));
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), ["\n", 0] as [string, number])[0];
}

/**
 * Words in the form of the file that `before` was read from: lines before the first change and after the
 * last one end as they did, those between as most do. O(length).
 */
export function together(words: string, before: string, form: Form): string {
  const [now, old] = [words.split("\n"), before.split("\n")];
  const end = usual(form.ends);
  let first = 0;
  while (first < now.length - 1 && first < old.length - 1 && now[first] === old[first]) first++;
  let last = 0;
  const room = Math.min(now.length, old.length) - first;
  while (last < room && now[now.length - 1 - last] === old[old.length - 1 - last]) last++;
  const endOf = (i: number) =>
    (i < first ? form.ends[i] : i >= now.length - last ? form.ends[i - now.length + old.length] : undefined) ?? end;
  return form.mark + now.map((line, i) => (i < now.length - 1 ? line + endOf(i) : line)).join("");
}
