import { Num } from "../num";
import { absent, accountId, chosen, restsOn, settled, type View } from "../state";
import { ink } from "../color";
import { Panel } from "../take/panel";
import { accountRows } from "../take/rows";
import type { Account } from "../data";
import { batch } from "@preact/signals";
import { accountWords, bothSides, bothWords, count, percent, ranged, votesWords } from "../words";

function choose(id: string): void {
  batch(() => {
    accountId.value = id;
    chosen.value = null;
  });
}

function Row({ v, a }: { v: View; a: Account }) {
  const p = a.picture;
  const here = a.id === v.account.id;
  // What other programs read: the shares of the chosen account, once they are of all worlds.
  const value = (name: string, share: number) => (here && settled.value ? { "data-value": name, "data-share": String(share) } : {});
  const own = { ...v, account: a, believed: here ? v.believed : new Set(a.in) };
  const rests = restsOn(own);
  const input = `account-${a.id}`;
  return (
    <tr class={here ? "here" : ""} style={{ "--side": ink(a.party) }}>
      <th scope="row">
        <label class="pick" for={input}>
          <input
            type="radio"
            name="account"
            id={input}
            value={a.id}
            checked={here}
            onChange={() => choose(a.id)}
          />
          <span dir="auto">{a.name}</span>
        </label>
      </th>
      {p ? (
        <>
          <td {...value("zone", p.zone.share)}>
            <Num of={{ title: `Some package suits ${bothSides(v.doc)}: ${ranged(p.zone)}`, note: `Of the preference worlds that fit ${accountWords(a)}.${votesWords(p.zone)}`, statements: rests }}>
              {p.zone.impossible ? "impossible" : ranged(p.zone)}
            </Num>
          </td>
          <td {...value("best", p.best)}>
            <Num of={{ title: `The best single package: ${percent(p.best)}`, statements: rests }}>
              {percent(p.best)}
            </Num>
          </td>
          <td>{count(p.worlds)}</td>
        </>
      ) : (
        <td colSpan={3}>{absent(a)}</td>
      )}
    </tr>
  );
}

/** The accounts' shares in one line. */
function finding(v: View): string {
  const of = v.doc.accounts.map((a) => {
    const p = a.picture;
    return `${a.name.replace(/ account$/i, "")}: ${!p ? (a.consistent ? absent(a) : "no world") : p.zone.impossible ? "impossible" : ranged(p.zone)}`;
  });
  if (of.length > 3) return `${of.length} accounts, no two alike`;
  const clash = of.length > 1 && !v.doc.both.consistent;
  return `${of.join(", ")}${clash ? `; ${of.length === 2 ? "both" : "all"} cannot be true` : ""}`;
}

export function AccountsPanel({ v }: { v: View }) {
  const both = v.doc.both;
  const clash = both.dispute ?? v.doc.disputes[0]?.statements ?? [];
  return (
    <Panel class="accounts" id="accounts" topic="Whose account?" title={finding(v)} rows={() => accountRows(v)}>
      <table class="compare">
        <thead>
          <tr>
            <td />
            <th scope="col">some package suits {bothWords(v.doc)}</th>
            <th scope="col">best single package</th>
            <th scope="col">worlds that fit</th>
          </tr>
        </thead>
        <tbody>
          {v.doc.accounts.map((a) => (
            <Row key={a.id} v={v} a={a} />
          ))}
          {v.doc.accounts.length > 1 && !both.consistent && (
            <tr>
              <th scope="row">
                <span class="pick">{v.doc.accounts.length === 2 ? "Both" : "All"} at once</span>
              </th>
              <td colSpan={3}>
                impossible:{" "}
                <Num of={{ title: "Why the accounts cannot all be true", note: "A smallest set of statements that cannot be true together (proved).", statements: clash }}>
                  they contradict each other
                </Num>
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <p class="caption">
        Shares of preference worlds: each one set of preferences that all statements of the account allow. They are
        not probabilities.
      </p>
    </Panel>
  );
}
