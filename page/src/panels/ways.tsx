// Ways forward: from the best single package, by packages tabled together and by questions put first, to
// the share in which some package suits all, which no way can pass. Each answer can be supposed.
import { useState } from "preact/hooks";
import type { Asked, Menus, Node, Question } from "../answers";
import { ink } from "../color";
import type { Doc } from "../data";
import { Later, answerOf } from "../later";
import { Num } from "../num";
import { restsOn, supposeAll, suppose, switchable, type View } from "../state";
import { Panel } from "../take/panel";
import { wayRows } from "../take/rows";
import { bothWords, list, packageWords, percent } from "../words";
import { partyAt } from "./plan";

const nameOf = (d: Doc, id: string) => d.parties[partyAt(d, id)].name;

/** The claim that an answer comes to, as `--suppose` has it: a claim of the case format. */
export function answerClaim(q: Question, yes: boolean): string {
  if (q.more && q.than) {
    return JSON.stringify({ party: q.party, ranks: yes ? [q.more, q.than] : [q.than, q.more] });
  }
  return JSON.stringify({ party: q.party, [yes ? "accepts" : "refuses"]: q.package });
}

function Step({ v, label, share, most, note }: { v: View; label: string; share: number | null; most: number; note: string }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td class="step-bar" aria-hidden="true">
        <span class="bar"><span style={{ width: `${share === null || most <= 0 ? 0 : (100 * share) / most}%`, background: "var(--ink-2)" }} /></span>
      </td>
      <td>
        {share === null ? "computing" : (
          <Num of={{ title: `${label}: ${percent(share)}`, note, statements: restsOn(v) }}>{percent(share)}</Num>
        )}
      </td>
    </tr>
  );
}

function Curve({ v, menus, asked }: { v: View; menus: number[]; asked: number[] | null }) {
  const p = v.picture!;
  const most = p.zone.share;
  const all = bothWords(v.doc);
  return (
    <table class="steps">
      <caption>The share of worlds in which {all} agree, by how one goes about it</caption>
      <tbody>
        <Step v={v} label="one package, the best" share={p.best} most={most} note="No single package suits more often." />
        {menus.map((s, i) => (
          <Step key={`m${i}`} v={v} label={`${i + 2} packages tabled together`} share={s} most={most} note={`In these worlds ${all} accept at least one and the same of them.`} />
        ))}
        {(asked ?? [null]).map((s, i) => (
          <Step key={`q${i}`} v={v} label={`${i + 1} question${i ? "s" : ""} first, then one package`} share={s} most={most} note="The package tabled depends on the answers; each answer counts by its share of worlds." />
        ))}
        <Step v={v} label="some package: no way passes this" share={most} most={most} note="In the other worlds no package suits all." />
      </tbody>
    </table>
  );
}

function Menu({ v, menus }: { v: View; menus: Menus["accounts"][0]["menus"] }) {
  const several = menus.filter((m) => m.size > 1);
  const [size, setSize] = useState(several[several.length - 1]?.size ?? 0);
  const menu = several.find((m) => m.size === size) ?? several[several.length - 1];
  if (!menu) return <p>No second package adds to the best single one.</p>;
  return (
    <>
      <h3>What to table together</h3>
      {several.length > 1 && (
        <p class="controls">
          <label>
            How many packages{" "}
            <select value={menu.size} onChange={(e) => setSize(Number(e.currentTarget.value))}>
              {several.map((m) => <option value={m.size}>{m.size}</option>)}
            </select>
          </label>
        </p>
      )}
      <ol class="tabled">
        {menu.items.map((x) => (
          <li key={JSON.stringify(x.package)} class="card">
            <span>{packageWords(v.doc, x.package)}</span>
            <p class="faint">
              {x.for === null
                ? <>alone it suits {bothWords(v.doc)} in {percent(x.adds)}</>
                : <>adds {percent(x.adds)}; <b style={{ color: ink(partyAt(v.doc, x.for), true) }}>{nameOf(v.doc, x.for)}</b> would take none of those before in {percent(x.refuses_those_before)} of these worlds</>}
              {Object.entries(x.unpriced).map(([party, issues]) =>
                issues.length > 0 && <>. Nothing on record says what {list(issues.map((i) => v.doc.issues.find((y) => y.id === i)?.name ?? i))} is worth to {nameOf(v.doc, party)}</>)}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

function Branch({ v, words, node, path, contradicts }: { v: View; words: string; node: Node; path: string[]; contradicts: string[] }) {
  return (
    <li>
      <b>{words}</b>{" "}
      <button type="button" class="plain" disabled={!switchable.value} onClick={() => supposeAll(path)}>
        suppose it
      </button>
      {contradicts.length > 0 && <span class="faint"> it would contradict {list(contradicts)}</span>}
      <Tree v={v} node={node} path={path} />
    </li>
  );
}

function Tree({ v, node, path = [] }: { v: View; node: Node; path?: string[] }) {
  if (!("question" in node)) {
    return node.table
      ? <p>Then table: {packageWords(v.doc, node.table.package)}. {percent(node.table.joint)} of the worlds that are left.</p>
      : <p>Then no package suits {bothWords(v.doc)}.</p>;
  }
  const q = node.question;
  return (
    <div class="asked" style={{ "--side": ink(partyAt(v.doc, q.party)) }}>
      <p>{q.words} <span class="faint">Yes in {percent(q.yes)} of its worlds.</span></p>
      <ul class="branches">
        <Branch v={v} words="They said yes." node={node.yes} path={[...path, answerClaim(q, true)]} contradicts={q.yes_contradicts} />
        <Branch v={v} words="They said no." node={node.no} path={[...path, answerClaim(q, false)]} contradicts={q.no_contradicts} />
      </ul>
    </div>
  );
}

function Questions({ v, asked }: { v: View; asked: Asked["accounts"][0] }) {
  if (!asked.plan || asked.questions.length === 0) return <p>No question would change what to table.</p>;
  return (
    <>
      <h3>What to ask first</h3>
      <div class="tree"><Tree v={v} node={asked.plan.tree} /></div>
      <details class="table in-brief">
        <summary>The {asked.questions.length} questions that help most</summary>
        <div class="wide" tabIndex={0} role="region" aria-label="Questions that help most">
          <table>
            <thead>
              <tr>
                <th scope="col">question</th>
                <th scope="col">yes in</th>
                <th scope="col">{bothWords(v.doc)} then</th>
                <th scope="col">suppose</th>
              </tr>
            </thead>
            <tbody>
              {asked.questions.map((q) => (
                <tr key={q.words}>
                  <th scope="row">{q.words}</th>
                  <td>{percent(q.yes)}</td>
                  <td>{percent(q.expected)}</td>
                  <td>
                    {([true, false] as const).map((yes) => (
                      <button type="button" class="plain" disabled={!switchable.value} onClick={() => supposeAll([answerClaim(q, yes)])}>
                        {yes ? "yes" : "no"}
                      </button>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function finding(v: View, menus: Menus["accounts"][0]["menus"] | undefined, asked: Asked["accounts"][0] | undefined): string {
  const p = v.picture!;
  const most = menus?.[menus.length - 1];
  const questions = asked?.curve.questions ?? [];
  const last = questions[questions.length - 1];
  const parts = [`${percent(p.best)} with one package`];
  if (most && most.size > 1 && most.share > p.best + 0.005) parts.push(`${percent(most.share)} with ${most.size} tabled together`);
  if (last !== undefined && last > p.best + 0.005) parts.push(`${percent(last)} after ${questions.length} question${questions.length > 1 ? "s" : ""}`);
  return `${list(parts)}; no way passes ${percent(p.zone.share)}`;
}

export function WaysPanel({ v }: { v: View }) {
  if (!v.picture || v.picture.zone.impossible || !switchable.value) return null;
  const menus = answerOf<Menus>("menu")?.accounts[0]?.menus;
  const asked = answerOf<Asked>("ask")?.accounts[0];
  return (
    <Panel id="ways" topic="Ways forward" title={finding(v, menus, asked)} rows={() => wayRows(v, answerOf<Menus>("menu")?.accounts[0], asked)}>
      <p class="caption">
        Several packages tabled at once, or questions asked first, can reach what one package cannot.
        {suppose.value.length > 0 && " With what is supposed above."}
      </p>
      {menus && <Curve v={v} menus={menus.filter((m) => m.size > 1).map((m) => m.share)} asked={asked?.curve.questions ?? null} />}
      <Later question="menu">{menus && <Menu key={v.account.id} v={v} menus={menus} />}</Later>
      <Later question="ask">{asked && <Questions v={v} asked={asked} />}</Later>
    </Panel>
  );
}
