// The form's smallest parts: each a label with its control, so that a click, a key and a screen reader find it.
import type { ComponentChildren } from "preact";

interface Common {
  label: string;
  value: string;
  set: (v: string) => void;
  hint?: string;
  id?: string;
  /** The label is for screen readers alone: what stands around says it. */
  quiet?: boolean;
}
const Label = ({ of, quiet }: { of: string; quiet?: boolean }) => <span class={quiet ? "hidden" : "label"}>{of}</span>;

export function Line({ label, value, set, hint, id, quiet, mode, wide }: Common & { mode?: "decimal"; wide?: boolean }) {
  return (
    <label class={wide ? "field wide-field" : "field"}>
      <Label of={label} quiet={quiet} />
      <input id={id} type="text" value={value} inputMode={mode} autocomplete="off" placeholder={hint} dir={mode ? "ltr" : "auto"} onInput={(e) => set(e.currentTarget.value)} />
    </label>
  );
}

export function Tick({ label, value, set, id }: { label: string; value: boolean; set: (on: boolean) => void; id?: string }) {
  return (
    <label class="tick-line">
      <input type="checkbox" id={id} checked={value} onChange={(e) => set(e.currentTarget.checked)} /> {label}
    </label>
  );
}

export function Area({ label, value, set, hint, id, rows = 3 }: Common & { rows?: number }) {
  return (
    <label class="field wide-field">
      <Label of={label} />
      <textarea id={id} rows={rows} value={value} placeholder={hint} dir="auto" onInput={(e) => set(e.currentTarget.value)} />
    </label>
  );
}

export type Choice = [value: string, words: string];
export interface Group {
  name: string;
  choices: Choice[];
}

export function Pick({ label, value, set, choices, groups, none, id, quiet }: Common & { choices?: Choice[]; groups?: Group[]; none?: string }) {
  const all = [...(choices ?? []), ...(groups ?? []).flatMap((g) => g.choices)];
  const options = (list: Choice[]) => list.map(([v, w]) => <option value={v} selected={v === value}>{w}</option>);
  return (
    <label class="field">
      <Label of={label} quiet={quiet} />
      <select id={id} value={value} onChange={(e) => set(e.currentTarget.value)}>
        {(none !== undefined || !all.some(([v]) => v === value)) && <option value="" selected={value === ""}>{none ?? "choose"}</option>}
        {value !== "" && !all.some(([v]) => v === value) && <option value={value} selected>{value} (not in the case)</option>}
        {options(choices ?? [])}
        {(groups ?? []).filter((g) => g.choices.length > 0).map((g) => <optgroup label={g.name}>{options(g.choices)}</optgroup>)}
      </select>
    </label>
  );
}

/** One of a few, side by side. */
export function Radios({ label, name, value, set, choices }: { label: string; name: string; value: string; set: (v: string) => void; choices: Choice[] }) {
  return (
    <fieldset class="radios">
      <legend>{label}</legend>
      {choices.map(([v, w]) => (
        <label class="tick-line">
          <input type="radio" name={name} value={v} checked={v === value} onChange={() => set(v)} /> {w}
        </label>
      ))}
    </fieldset>
  );
}

export function Ticks({ label, value, set, choices }: { label: string; value: string[]; set: (v: string[]) => void; choices: Choice[] }) {
  return (
    <fieldset class="radios">
      <legend>{label}</legend>
      {choices.map(([v, w]) => (
        <label class="tick-line">
          <input type="checkbox" checked={value.includes(v)}
            onChange={(e) => set(e.currentTarget.checked ? choices.map(([x]) => x).filter((x) => x === v || value.includes(x)) : value.filter((x) => x !== v))} /> {w}
        </label>
      ))}
    </fieldset>
  );
}

export function Button({ children, act, label, id, keys, disabled, strong, pressed }: {
  children: ComponentChildren; act: () => void; label?: string; id?: string; keys?: string; disabled?: boolean; strong?: boolean; pressed?: boolean;
}) {
  return (
    <button type="button" id={id} class={strong ? "button strong" : "button"} aria-label={label} aria-keyshortcuts={keys} aria-pressed={pressed} disabled={disabled} onClick={act}>
      {children}
    </button>
  );
}

/** A list of words in an order: put up or down, taken out, added to. */
export function Ordered({ label, value, set, add, from, name }: {
  label: string; value: string[]; set: (v: string[]) => void; add: string; from?: Choice[]; name?: (v: string) => string;
}) {
  const move = (i: number, by: number) => {
    const next = [...value];
    const [x] = next.splice(i, 1);
    next.splice(i + by, 0, x);
    set(next);
  };
  const free = from?.filter(([v]) => !value.includes(v));
  const say = (v: string) => name?.(v) ?? from?.find(([x]) => x === v)?.[1] ?? v;
  return (
    <fieldset class="ordered">
      <legend>{label}</legend>
      <ol>
        {value.map((v, i) => (
          <li key={v}>
            <span dir="auto">{say(v)}</span>
            <button type="button" class="chip-act" aria-label={`${say(v)} earlier`} disabled={i === 0} onClick={() => move(i, -1)}>↑</button>
            <button type="button" class="chip-act" aria-label={`${say(v)} later`} disabled={i === value.length - 1} onClick={() => move(i, 1)}>↓</button>
            <button type="button" class="chip-act" aria-label={`take out ${say(v)}`} onClick={() => set(value.filter((_, k) => k !== i))}>×</button>
          </li>
        ))}
      </ol>
      {free ? (
        free.length > 0 && <Pick label={add} value="" none={add} quiet set={(v) => v && set([...value, v])} choices={free} />
      ) : (
        <Adder label={add} put={(v) => !value.includes(v) && set([...value, v])} />
      )}
    </fieldset>
  );
}

/** A line that adds what is typed: by Enter or its button. */
export function Adder({ label, put }: { label: string; put: (v: string) => void }) {
  const give = (input: HTMLInputElement) => {
    const words = input.value.trim();
    if (words) put(words);
    input.value = "";
  };
  return (
    <span class="adder">
      <label class="field">
        <Label of={label} />
        <input type="text" autocomplete="off" dir="auto"
          onKeyDown={(e) => {
            if (e.key === "Enter" && !e.ctrlKey && !e.metaKey) {
              e.preventDefault();
              give(e.currentTarget);
            }
          }} />
      </label>
      <button type="button" class="button" aria-label={`${label}: add`} onClick={(e) => {
        const input = e.currentTarget.parentElement!.querySelector("input")!;
        give(input);
        input.focus();
      }}>Add</button>
    </span>
  );
}
