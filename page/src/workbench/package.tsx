// A package from chips: an issue and how far it goes, each taken out again by its cross. A named package can stand
// in its place.
import { nameOf, type Case, type Issue } from "./model";
import type { Part } from "./claim";
import { Line, Pick, Ticks, type Choice } from "./widgets";

const levelsOf = (i: Issue): Choice[] => i.levels.map((l) => [l.id, l.name]);

function Level({ issue, value, set }: { issue: Issue; value: string | string[]; set: (v: string | string[]) => void }) {
  if (issue.kind === "items") {
    const given = value === "all" ? issue.levels.map((l) => l.id) : value === "none" || value === "" ? [] : Array.isArray(value) ? value : [value];
    return <Ticks label={`Which of ${issue.name}`} value={given} choices={levelsOf(issue)} set={(v) => set(v.length === issue.levels.length ? "all" : v.length === 0 ? "none" : v.length === 1 ? v[0] : v)} />;
  }
  if (issue.kind === "range") {
    const r = issue.range!;
    return <Line label={`${issue.name}, ${r.from} to ${r.to}${r.unit ? ` ${r.unit}` : ""}`} value={String(value)} mode="decimal" set={set} />;
  }
  return <Pick label={issue.name} value={String(value)} choices={levelsOf(issue)} set={set} />;
}

/** What a fresh chip says: nothing yet where one is chosen, all where things are ticked. */
const first = (i: Issue): string | string[] => (i.kind === "items" ? "all" : "");

export function PackageEditor({ c, label, part, set, taken = [] }: {
  c: Case; label: string; part: Part; set: (p: Part) => void; taken?: string[];
}) {
  const used = part.levels.map(([i]) => i);
  const free = c.issues.filter((i) => !used.includes(i.id) && !taken.includes(i.id));
  const withLevels = (levels: Part["levels"]) => set({ ...part, named: "", levels });
  return (
    <fieldset class="package">
      <legend>{label}</legend>
      {part.named ? (
        <span class="chip">
          <b>package {nameOf(c.packages.find((p) => p.id === part.named)) || part.named}</b>
          <button type="button" class="chip-act" aria-label={`take out the package ${part.named}`} onClick={() => set({ ...part, named: "" })}>×</button>
        </span>
      ) : (
        part.levels.map(([id, level], i) => {
          const issue = c.issues.find((x) => x.id === id);
          return (
            <span class="chip" key={id}>
              {issue ? (
                <Level issue={issue} value={level} set={(v) => withLevels(part.levels.map((l, k) => (k === i ? [id, v] : l)))} />
              ) : <b>{id}: not in the case</b>}
              <button type="button" class="chip-act" aria-label={`take out ${issue?.name ?? id}`} onClick={() => withLevels(part.levels.filter((_, k) => k !== i))}>×</button>
            </span>
          );
        })
      )}
      {!part.named && free.length > 0 && (
        <Pick label={`${label}: add an issue`} value="" none="+ issue" quiet
          set={(id) => {
            const issue = c.issues.find((x) => x.id === id);
            if (issue) withLevels([...part.levels, [id, first(issue)]]);
          }}
          choices={free.map((i) => [i.id, i.name])} />
      )}
      {!part.named && part.levels.length === 0 && (
        <>
          {c.packages.length > 0 && (
            <Pick label={`${label}: a named package`} value="" none="a named package" quiet set={(id) => id && set({ ...part, named: id })}
              choices={c.packages.map((p) => [p.id, p.id])} />
          )}
          <span class="faint">nothing named: everything stays as it is</span>
        </>
      )}
    </fieldset>
  );
}
