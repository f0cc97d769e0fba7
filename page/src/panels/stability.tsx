// What would hold: who would move away from an outcome alone, and what would answer that.
import { ink } from "../color";
import { CONCEPTS, type Held } from "../data";
import { Num } from "../num";
import { restsOn, type View } from "../state";
import { Panel } from "../take/panel";
import { stabilityRows } from "../take/rows";
import { capital, count, list, outcomeWords, percent } from "../words";
import { partyAt } from "./plan";

function titleOf(v: View, h: Held): string {
  const d = v.doc;
  if (d.outcomes[h.outcome].every((x) => Number(x) === 0)) return "No deal";
  const names: string[] = [];
  if (v.account.picture?.deals[0]?.[0] === h.outcome) names.push("The best single package");
  v.account.bridge?.positions.forEach((p) => {
    if (p.deal?.[0] === h.outcome) names.push(`${names.length ? "last position" : "Last position"} of ${d.parties[p.party].name}`);
  });
  return names.length ? list(names) : "A package";
}

/** "take back (A, B)" as two parts, so that the list can stand below. */
function moveParts(text: string): { verb: string; what: string } {
  const m = /^(take back|do) \((.*)\)$/.exec(text);
  return m ? { verb: m[1], what: m[2] } : { verb: "", what: text };
}

function Move({ v, party, text, answer }: { v: View; party: string; text: string; answer?: boolean }) {
  const at = partyAt(v.doc, party);
  const { verb, what } = moveParts(text);
  return (
    <div class="state after" style={{ "--side": ink(at) }}>
      <p>
        <b style={{ color: ink(at, true) }} dir="auto">
          {v.doc.parties[at].name}
        </b>{" "}
        {answer ? "would" : "could"} {verb}
      </p>
      <p class="what">
        {what}
      </p>
    </div>
  );
}

function Arrow({ words, back }: { words: string; back?: boolean }) {
  return (
    <div class={back ? "arrow back" : "arrow"}>
      <span>{words}</span>
    </div>
  );
}

function Story({ v, s }: { v: View; s: Held["stories"][number] }) {
  if (!s.move) return null;
  const answers = s.answers ?? [];
  const last = answers[answers.length - 1];
  return (
    <div class="chain">
      <Arrow words={s.deterred ? "tempting" : "pays"} />
      <Move v={v} party={s.party} text={s.move} />
      {s.deterred && last ? (
        <>
          <Arrow words="answered" back />
          <div>
            {answers.map((a) => (
              <Move v={v} party={a.party} text={a.move} answer />
            ))}
          </div>
        </>
      ) : (
        <>
          <Arrow words="unanswered" back />
          <div class="state nothing">
            <p>
              No answer that suits the others takes the gain away. Missing to stay:{" "}
              <Num of={{ title: "What is missing for it to stay", note: `How much more the outcome would have to be worth to ${v.doc.parties[partyAt(v.doc, s.party)].name}, in shares of all that it has at stake, in the mean of the account's worlds.`, statements: restsOn(v, [partyAt(v.doc, s.party)]) }}>
                {percent(s.missing.seq)}
              </Num>{" "}
              of its stakes.
            </p>
          </div>
        </>
      )}
    </div>
  );
}

function Outcome({ v, h }: { v: View; h: Held }) {
  const leaving = h.stories.filter((s) => s.move);
  const title = titleOf(v, h);
  const rests = restsOn(v, v.doc.deciders);
  return (
    <li class="outcome">
      <div class="state from">
        <h3>{title}</h3>
        {title !== "No deal" && (
          <p class="what">
            {outcomeWords(v.doc, h.outcome)}
          </p>
        )}
        <p>
          Holds in {h.all.seq === 0 && "none of "}
          <Num of={{ title: `${title}: holds in ${percent(h.all.seq)} of worlds`, note: `Nobody gains by a move of its own that the others would not answer with one that suits them (sequential stability), in ${count(h.worlds)} worlds. With no answers thought of (Nash): ${percent(h.all.nash)}.`, statements: rests }}>
            {h.all.seq === 0 ? count(h.worlds) : percent(h.all.seq)}
          </Num>{" "}
          {h.all.seq === 0 ? "sampled worlds" : "of the worlds"}
        </p>
        <span class="bar" aria-hidden="true">
          <span style={{ width: `${100 * h.all.seq}%`, background: "var(--ink)" }} />
        </span>
      </div>
      <div class="chains">
        {leaving.length === 0 && <p class="stays">Nobody gains by a move of its own.</p>}
        {leaving.map((s) => (
          <Story key={s.party} v={v} s={s} />
        ))}
      </div>
    </li>
  );
}

const MEANING: Record<string, string> = {
  nash: "nobody has a better move",
  gmr: "some answer of the others deters",
  smr: "the same, and the mover cannot get away from it",
  seq: "an answer that suits the others deters",
  sseq: "the same, and the mover cannot get away from it",
};

function Table({ v, list: held }: { v: View; list: Held[] }) {
  const d = v.doc;
  return (
    <details class="table">
      <summary>The same as a table: in what share of worlds each outcome holds, for whom</summary>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">outcome</th>
              <th scope="col">for</th>
              {CONCEPTS.map((c) => (
                <th scope="col">
                  <abbr title={MEANING[c]}>{c.toUpperCase()}</abbr>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {held.flatMap((h) => {
              const movers = h.stories.map((s) => s.party);
              return [...movers, null].map((id) => (
                <tr>
                  <th scope="row">{titleOf(v, h)}</th>
                  <td>{id === null ? "all at once" : d.parties[partyAt(d, id)].name}</td>
                  {CONCEPTS.map((c) => (
                    <td>{percent(id === null ? h.all[c] : h.shares[id][c])}</td>
                  ))}
                </tr>
              ));
            })}
          </tbody>
        </table>
      </div>
      <p class="caption">
        {CONCEPTS.map((c) => `${c.toUpperCase()}: ${MEANING[c]}`).map(capital).join(". ")}.{" "}
        <Num of={{ title: "What would hold", statements: restsOn(v, d.deciders) }}>What these rest on</Num>
      </p>
    </details>
  );
}

function finding(v: View, held: Held[]): string {
  const best = held.find((h) => h.outcome === v.account.picture?.deals[0]?.[0]);
  if (!best) return `${held.length} outcomes, and who could leave them`;
  return `The best package holds in ${best.all.seq === 0 ? "none of the sampled worlds" : `${percent(best.all.seq)} of the worlds`}`;
}

export function StabilityPanel({ v }: { v: View }) {
  const held = v.account.stability ?? [];
  if (held.length === 0 || held.every((h) => h.stories.length === 0)) return null;
  return (
    <Panel id="stability" topic="Stability: what would hold" title={finding(v, held)} rows={() => stabilityRows(v)}>
      <p class="caption">
        Who could leave an outcome alone by taking back what can be undone, and whether the others would
        answer. Moves are those of the mean of the account's worlds; shares are of {count(held[0].worlds)}{" "}
        worlds.
      </p>
      <ol class="plain-list">
        {held.map((h) => (
          <Outcome key={h.outcome} v={v} h={h} />
        ))}
      </ol>
      <Table v={v} list={held} />
    </Panel>
  );
}
