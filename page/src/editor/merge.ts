// Line differences and three-way merging, so that two people's words end in one text.

/** Pairs [i, j] of equal lines, ascending in both: a longest common subsequence. O(n m) at worst. */
function matches(a: string[], b: string[]): [number, number][] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let ends = 0;
  while (ends < a.length - start && ends < b.length - start && a[a.length - 1 - ends] === b[b.length - 1 - ends]) ends++;
  const n = a.length - start - ends;
  const m = b.length - start - ends;
  const found: [number, number][] = [];
  for (let i = 0; i < start; i++) found.push([i, i]);
  // Beyond this a block counts as changed as a whole.
  if (n * m <= 4e6) {
    const best = new Uint32Array((n + 1) * (m + 1));
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        best[i * (m + 1) + j] =
          a[start + i] === b[start + j]
            ? best[(i + 1) * (m + 1) + j + 1] + 1
            : Math.max(best[(i + 1) * (m + 1) + j], best[i * (m + 1) + j + 1]);
      }
    }
    for (let i = 0, j = 0; i < n && j < m; ) {
      if (a[start + i] === b[start + j]) found.push([start + i++, start + j++]);
      else if (best[(i + 1) * (m + 1) + j] >= best[i * (m + 1) + j + 1]) i++;
      else j++;
    }
  }
  for (let k = ends; k > 0; k--) found.push([a.length - k, b.length - k]);
  return found;
}

/** Lines that only one of two texts has. */
export function difference(mine: string, theirs: string): { mine: string[]; theirs: string[] } {
  const a = mine.split("\n");
  const b = theirs.split("\n");
  const same = matches(a, b);
  const left = new Set(same.map((p) => p[0]));
  const right = new Set(same.map((p) => p[1]));
  return { mine: a.filter((_, i) => !left.has(i)), theirs: b.filter((_, j) => !right.has(j)) };
}

/**
 * Both changes of a base. Where both changed the same lines mine stand, and theirs follow as comments
 * between marks, so that nothing is lost and the text can still be read as YAML.
 */
export function merge(base: string, mine: string, theirs: string): { text: string; clashes: number } {
  const [o, a, b] = [base, mine, theirs].map((t) => t.split("\n"));
  const inA = new Map(matches(o, a));
  const inB = new Map(matches(o, b));
  const out: string[] = [];
  let clashes = 0;
  let [i, j, k] = [0, 0, 0];
  const block = (toO: number, toA: number, toB: number) => {
    const was = o.slice(i, toO).join("\n");
    const [x, y] = [a.slice(j, toA), b.slice(k, toB)];
    const [xs, ys] = [x.join("\n"), y.join("\n")];
    if (x.length === y.length && xs === ys) out.push(...x);
    else if (xs === was && x.length === toO - i) out.push(...y);
    else if (ys === was && y.length === toO - i) out.push(...x);
    else {
      clashes++;
      out.push(...x, "# >>> the file has here:", ...y.map((line) => `# ${line}`), "# <<<");
    }
  };
  for (let at = 0; at < o.length; at++) {
    const [x, y] = [inA.get(at), inB.get(at)];
    if (x === undefined || y === undefined || x < j || y < k) continue;
    if (at > i || x > j || y > k) block(at, x, y);
    out.push(o[at]);
    [i, j, k] = [at + 1, x + 1, y + 1];
  }
  if (i < o.length || j < a.length || k < b.length) block(o.length, a.length, b.length);
  return { text: out.join("\n"), clashes };
}
