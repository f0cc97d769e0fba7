import type { View } from "../state";
import { Panel } from "../take/panel";
import { methodRows } from "../take/rows";
import { accountWords, bothSides, count, percent } from "../words";

export function Method({ v }: { v: View }) {
  const d = v.doc;
  const p = v.picture;
  const assumptions = d.statements.filter((s) => s.kind === "assumption");
  return (
    <Panel class="wide-panel method" id="method" topic="Method, assumptions and limits" title="What the shares count, and what they do not say" rows={() => methodRows(v)}>
      {d.case.summary && <p dir="auto">{d.case.summary}</p>}
      <p>
        Every statement that claims something puts a bound on what the parties may want. A
        preference world is one set of wants, for every party, that keeps all bounds of an account.
        Worlds are drawn evenly: importances uniform over a party's issues, within an issue uniform
        over its parts{d.settings.prior === "flat" ? " (here: flat over all parts)" : ""}, what a deal
        must bring uniform over its range. A share counts these worlds. It says how much of what the
        record leaves open would let a package through. It does not say how likely a deal was.
      </p>
      {p && (
        <p>
          {count(p.worlds)} worlds in {accountWords(v.account)}, seed {d.settings.seed}; sampling error of{" "}
          {percent(p.zone.share)}: {(100 * p.zone.error).toFixed(1)} points (as good as{" "}
          {count(Math.round(p.effective))} independent draws).
          {p.poor && " That is few: do not rely on single percents of this account."}{" "}
          {p.available ? count(p.available) : "Not all"} of {count(p.outcomes)} packages are available
          under the rules and what is ruled out.
        </p>
      )}
      <p>
        Whole percents only: sampling and the evenness assumed do not support more. "Impossible" and
        "in every world" are proved by linear programs and do not depend on the draws. Colours mark
        parties and nothing else. What was not said on record is not here. Nobody is called a liar:
        an account says what would have to be true if one side is right.
      </p>
      {assumptions.length > 0 && (
        <>
          <h3>What the analyst assumes</h3>
          <ul>
            {assumptions.map((s) => (
              <li dir="auto">
                <code>{s.id}</code>: {s.because ?? "no reason given"}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="faint provenance">
        {d.case.file}, sha256 {d.case.hash.slice(0, 12)}…; seed {d.settings.seed};{" "}
        {count(d.settings.worlds)} worlds per account; prior {d.settings.prior}; entente {d.engine}.
        The same file, seed and number of worlds give the same numbers. Question asked: would some
        package have suited {bothSides(d)}?
      </p>
    </Panel>
  );
}
