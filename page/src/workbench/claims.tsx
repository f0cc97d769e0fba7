// A claim as a sentence of chips: whose will, what it does, with which package, for which. The verbs and what they
// take come from the case format's schema.
import { missing, type ClaimDraft, type Part } from "./claim";
import { addClaim, draft, known, put, setClaim, verbs } from "./desk";
import { nameOf, type Case } from "./model";
import { PackageEditor } from "./package";
import type { Shape, Verb } from "./verbs";
import { Button, Line, Ordered, Pick, Ticks } from "./widgets";

const plainly = (name: string) => name.replace(/-/g, " ");

export function Bounds({ label, low, high, set }: { label: string; low: string; high: string; set: (low: string, high: string) => void }) {
  return (
    <span class="bounds">
      <Line label={`${label}, from`} value={low} mode="decimal" set={(v) => set(v, high)} />
      <Line label="to (empty: just that)" value={high} mode="decimal" set={(v) => set(low, v)} />
    </span>
  );
}

function Weights({ c, part, set }: { c: Case; part: Part; set: (p: Part) => void }) {
  const free = c.issues.filter((i) => !part.weights.some(([x]) => x === i.id));
  return (
    <fieldset class="package">
      <legend>importance, from 0 to 1</legend>
      {part.weights.map(([id, low, high], i) => (
        <span class="chip" key={id}>
          <Bounds label={c.issues.find((x) => x.id === id)?.name ?? id} low={low} high={high}
            set={(l, h) => set({ ...part, weights: part.weights.map((w, k) => (k === i ? [id, l, h] : w)) })} />
          <button type="button" class="chip-act" aria-label={`take out ${id}`} onClick={() => set({ ...part, weights: part.weights.filter((_, k) => k !== i) })}>×</button>
        </span>
      ))}
      {free.length > 0 && (
        <Pick label="importance: add an issue" value="" none="+ issue" quiet set={(id) => id && set({ ...part, weights: [...part.weights, [id, "", ""]] })}
          choices={free.map((i) => [i.id, i.name])} />
      )}
    </fieldset>
  );
}

function PartEditor({ c, shape, label, part, set, taken }: { c: Case; shape: Shape; label: string; part: Part; set: (p: Part) => void; taken?: string[] }) {
  switch (shape) {
    case "package": return <PackageEditor c={c} label={label} part={part} set={set} taken={taken} />;
    case "issues":
      return <Ordered label={`${label}, the most important first`} value={part.issues} set={(issues) => set({ ...part, issues })} add="+ issue" from={c.issues.map((i) => [i.id, i.name])} />;
    case "weights": return <Weights c={c} part={part} set={set} />;
    case "party":
      return <Pick label={label} value={part.party} set={(party) => set({ ...part, party })} choices={c.parties.map((p) => [p.id, nameOf(p)])} />;
    default: return <Bounds label={label} low={part.low} high={part.high} set={(low, high) => set({ ...part, low, high })} />;
  }
}

/** The issues that a claim does not name: of those it can be said that nothing was said. */
function unnamed(c: Case, d: ClaimDraft): [string, string][] {
  const named = new Set([...d.first.levels, ...d.second.levels].map(([i]) => i));
  for (const p of [d.first, d.second]) Object.keys(c.packages.find((x) => x.id === p.named)?.words ?? {}).forEach((i) => named.add(i));
  return c.issues.filter((i) => !named.has(i.id)).map((i) => [i.id, i.name]);
}

function Rest({ c, d, set, at }: { c: Case; d: ClaimDraft; set: (some: Partial<ClaimDraft>) => void; at: number }) {
  const kind = Array.isArray(d.rest) ? "some" : d.rest;
  return (
    <span class="rest">
      <Pick label="what it does not name" value={kind} id={`rest-${at}`} set={(v) => set({ rest: v === "some" ? [] : v === "open" ? "open" : "closed" })}
        choices={[["closed", "stays as it is"], ["open", "was not said"], ["some", "was not said of some issues"]]} />
      {Array.isArray(d.rest) && <Ticks label="not said of" value={d.rest} set={(rest) => set({ rest })} choices={unnamed(c, d)} />}
    </span>
  );
}

export function ClaimSentence({ c, d, at, all, set, drop }: {
  c: Case; d: ClaimDraft; at: number; all: Verb[]; set: (some: Partial<ClaimDraft>) => void; drop: () => void;
}) {
  const verb = all.find((v) => v.name === d.verb);
  const lack = missing(d, all, c);
  return (
    <fieldset class="claim">
      <legend>Claim {at + 1}</legend>
      <div class="chips">
        <Pick label="whose will" value={d.party} id={`claim-party-${at}`} set={(party) => set({ party })} choices={c.parties.map((p) => [p.id, nameOf(p)])} />
        <Pick label="does what" value={d.verb} id={`claim-verb-${at}`} set={(v) => set({ verb: v })} choices={all.map((v) => [v.name, plainly(v.name)])} />
        {verb && (
          <PartEditor c={c} shape={verb.shape} label={plainly(verb.name)} part={d.first} set={(first) => set({ first })}
            taken={verb.partner?.shape === "package" && verb.partner.key === "for" ? d.second.levels.map(([i]) => i) : []} />
        )}
        {verb?.partner && (
          <PartEditor c={c} shape={verb.partner.shape} label={verb.partner.key} part={d.second} set={(second) => set({ second })}
            taken={verb.partner.shape === "package" && verb.partner.key === "for" ? d.first.levels.map(([i]) => i) : []} />
        )}
        {verb?.rest && <Rest c={c} d={d} set={set} at={at} />}
      </div>
      {verb && <p class="caption">{verb.help.replace(/`/g, "")}</p>}
      <p class="controls">
        {lack && <span class="faint">Still to be said: {lack}. </span>}
        <button type="button" class="plain" onClick={drop}>take claim {at + 1} out</button>
      </p>
    </fieldset>
  );
}

export function Claims() {
  const d = draft.value;
  const c = known.value;
  return (
    <fieldset class="claims">
      <legend>What the words claim</legend>
      <p class="radio-line">
        <label class="tick-line">
          <input type="radio" name="counts" checked={d.counts === "claims"} onChange={() => (d.claims.length === 0 ? addClaim() : put({ counts: "claims" }))} /> something that can be counted
        </label>
        <label class="tick-line">
          <input type="radio" name="counts" checked={d.counts === "nothing"} onChange={() => put({ counts: "nothing" })} /> nothing that can be counted
        </label>
      </p>
      {d.counts === "claims" && (
        <>
          {d.claims.map((x, i) => (
            <ClaimSentence key={i} c={c} d={x} at={i} all={verbs.value} set={(some) => setClaim(i, some)}
              drop={() => put({ claims: draft.value.claims.filter((_, k) => k !== i) })} />
          ))}
          <p><Button act={addClaim} id="add-claim">+ claim</Button></p>
        </>
      )}
    </fieldset>
  );
}
