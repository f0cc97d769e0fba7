// The bar that stays in sight: the answer, what the page holds, the steps of the reading, and how to take the
// answer away.
import { useState } from "preact/hooks";
import { goToPanel } from "../dom";
import { absent, doc, redaction, settled, told, urlOf, type View } from "../state";
import { bothWords, percent, ranged } from "../words";
import { saveView } from "./file";
import { print } from "./print";
import { after, before, walk } from "./trail";
import { addressWithout, hidden, keepEffects, leaveOut, wanted, without } from "./without";

/** The panels that are there, in the order of the page: [id, what it is about]. */
function contents(): [string, string][] {
  return [...document.querySelectorAll<HTMLElement>("main .panel")].map((e) => [e.id, e.querySelector(".topic")?.textContent ?? e.id]);
}

async function copyLink(): Promise<void> {
  const left = wanted() ? addressWithout(urlOf(), doc.value!) : { address: "", dropped: 0 };
  const link = left.dropped ? `${location.href.split("#")[0]}#${left.address}` : location.href;
  const copied = left.dropped ? `Copied: the link holds what is chosen, without ${left.dropped} of it that names what is private` : "Copied: the link holds what is chosen";
  try {
    await navigator.clipboard.writeText(link);
    told(copied);
  } catch {
    // Where the clipboard is closed the browser's own way is left: a field with the words marked.
    const field = document.createElement("input");
    field.value = link;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    told(done ? copied : `Not copied. The link is ${link}`);
  }
}

async function save(): Promise<void> {
  try {
    let file = "";
    const how = await without(async () => {
      file = await saveView();
    });
    told(`Saved ${file}${how}`);
  } catch (e) {
    told(`Not saved: ${(e as Error).message}`);
  }
}

/** What is private, and whether it may leave the page. */
function Private() {
  const p = hidden();
  if (!p) return null;
  return (
    <fieldset class="private">
      <legend>Private in this case</legend>
      <span class="caption">{p.text}</span>
      <label>
        <input type="checkbox" id="leave-out" checked={leaveOut.value} onChange={(e) => (leaveOut.value = e.currentTarget.checked)} /> Leave out what is private
      </label>
      <label>
        <input type="checkbox" id="keep-effects" checked={keepEffects.value} disabled={!leaveOut.value} onChange={(e) => (keepEffects.value = e.currentTarget.checked)} /> but
        keep what follows from it: only its words, names and sources go
      </label>
    </fieldset>
  );
}

/** Whether the address alone leads back here: a file or a server does, a case opened in the bench does not. */
const addressed = () => document.getElementById("entente-data") !== null || location.protocol.startsWith("http");

function Take() {
  const [waiting, set] = useState(false);
  const onPaper = async (all: boolean) => {
    set(true);
    try {
      const how = await without(() => print(all));
      if (how) told(`Printed${how}`);
    } catch (e) {
      told(`Not printed: ${(e as Error).message}`);
    }
    set(false);
  };
  return (
    <details class="take">
      <summary>Take away</summary>
      <div class="menu">
        <Private />
        {addressed() && <button type="button" class="plain" id="copy-link" onClick={() => void copyLink()}>Copy link</button>}
        <button type="button" class="plain" id="save-view" disabled={!settled.value || redaction.value !== null} onClick={() => void save()}>
          {redaction.value ? "Computing what is left" : "Save this view as a file"}
        </button>
        <button type="button" class="plain" id="print-brief" disabled={waiting} onClick={() => void onPaper(false)}>
          {waiting ? "Computing what the brief holds" : "Print a brief"}
        </button>
        <button type="button" class="plain" id="print-all" disabled={waiting} onClick={() => void onPaper(true)}>Print everything</button>
      </div>
    </details>
  );
}

function Contents() {
  const [list, set] = useState<[string, string][]>([]);
  return (
    <details class="contents" onToggle={(e) => e.currentTarget.open && set(contents())}>
      <summary>Contents</summary>
      <ol class="menu">
        {list.map(([id, words]) => (
          <li key={id}>
            <a href={`#${id}`} onClick={(e) => {
              e.preventDefault();
              e.currentTarget.closest("details")!.open = false;
              goToPanel(id);
            }}>
              {words}
            </a>
          </li>
        ))}
      </ol>
    </details>
  );
}

export function Bar({ v }: { v: View }) {
  const p = v.picture;
  const short = !p ? absent(v.account) : p.zone.impossible ? "impossible" : `some package suits ${bothWords(v.doc)} in ${ranged(p.zone)}, the best single one in ${percent(p.best)}`;
  return (
    <nav class="topbar no-print" aria-label="The answer and what the page holds">
      <p class="bar-answer">
        <b dir="auto">{v.account.name}</b>: {short}
      </p>
      <Contents />
      <Take />
      {before.value !== null && (
        <button type="button" class="plain step" id="back" onClick={() => walk(-1)}>
          <span aria-hidden="true">← </span>Back to {before.value}
        </button>
      )}
      {after.value !== null && (
        <button type="button" class="plain step" id="forward" onClick={() => walk(1)}>
          Forward to {after.value}<span aria-hidden="true"> →</span>
        </button>
      )}
    </nav>
  );
}
