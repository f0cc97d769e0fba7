// The plan ladder: which steps in which order, and the trust that each rung asks of each side.
import { ink } from "../color";
import type { Doc, Phase, Plan } from "../data";
import { Num } from "../num";
import { placeLabels, useWidth } from "../size";
import { restsOn, type View } from "../state";
import { Panel } from "../take/panel";
import { planRows } from "../take/rows";
import { count, list, packageName, percent, TOGETHER } from "../words";

/** An index of the case for a party's id. */
export const partyAt = (d: Doc, id: string) => d.parties.findIndex((p) => p.id === id);

/** Steps in words, by issue; of steps that contain each other the last one says it all. */
export function stepWords(d: Doc, plan: Plan, ids: string[]): string[] {
  const byIssue = new Map<number, Plan["steps"]>();
  ids.forEach((id) => {
    const step = plan.steps.find((s) => s.id === id);
    if (step) byIssue.set(step.issue, [...(byIssue.get(step.issue) ?? []), step]);
  });
  return [...byIssue].map(([at, steps]) => {
    const issue = d.issues[at];
    const last = steps[steps.length - 1];
    if (issue.kind !== "items" || steps.length === 1) return last.text;
    const names = steps.map((s) => issue.parts[s.part].name);
    if (names.length === issue.parts.length) return `${issue.name}: all ${names.length}`;
    return `${issue.name}: ${names.join(", ")}`;
  });
}

interface Stated {
  low: number;
  high: number;
  statements: number[];
}

function statedOf(v: View, plan: Plan, id: string): Stated | null {
  const s = plan.stated_trust[id];
  if (!s) return null;
  const at = (x: string) => v.doc.statements.findIndex((y) => y.id === x);
  return { low: s.low, high: s.high, statements: s.statements.map(at).filter((i) => i >= 0) };
}

function TrustBar({ v, plan, phase, id }: { v: View; plan: Plan; phase: Phase; id: string }) {
  const at = partyAt(v.doc, id);
  const name = v.doc.parties[at].name;
  const trust = phase.trust[id];
  const low = phase.trust_low[id];
  const high = phase.trust_high[id];
  const stated = statedOf(v, plan, id);
  if (trust <= 0) return <p class="needs faint">risks nothing here</p>;
  const range = low !== null && high !== null && high > low;
  return (
    <div class="needs">
      <span>
        must trust the others by{" "}
        <Num of={{ title: `In phase ${phase.phase} ${name} must trust the others by ${percent(trust)}`, note: `The chance that the others perform their part, from which performing its own pays for ${name}. In the mean of the account's worlds.${range ? ` In eight worlds of ten: ${percent(low)} to ${percent(high)}.` : ""} If the others then do nothing, it has given away ${percent(phase.exposure[id])} of all that it has at stake.`, statements: restsOn(v, [at]) }}>
          {percent(trust)}
        </Num>
        {range && (
          <span class="faint">
            , {percent(low)} to {percent(high)}
          </span>
        )}
      </span>
      <span class="trust-bar" aria-hidden="true">
        <span class="trust-fill" style={{ width: `${100 * trust}%`, background: ink(at) }} />
        {range && <span class="trust-range" style={{ left: `${100 * low!}%`, width: `${100 * (high! - low!)}%` }} />}
        {stated && <span class="trust-there" style={{ left: `${50 * (stated.low + stated.high)}%` }} />}
      </span>
    </div>
  );
}

function Rung({ v, plan, phase }: { v: View; plan: Plan; phase: Phase }) {
  const members = Object.keys(phase.trust);
  const others = Object.keys(phase.steps).filter((id) => !members.includes(id) && phase.steps[id].length > 0);
  return (
    <li class="rung">
      <h3>
        <span class="rung-number">{phase.phase}</span>
        <span class="hidden">. phase</span>
      </h3>
      <div class="acts">
        {[...members, ...others].map((id) => {
          const at = partyAt(v.doc, id);
          const acts = stepWords(v.doc, plan, phase.steps[id] ?? []);
          return (
            <div class={acts.length > 0 ? "act" : "act idle"} style={{ "--side": ink(at) }} key={id}>
              <b style={{ color: ink(at, true) }} dir="auto">
                {v.doc.parties[at].name}
              </b>
              {acts.length > 0 ? (
                <ul class="plain-list">
                  {acts.map((x) => (
                    <li>{x}</li>
                  ))}
                </ul>
              ) : (
                <p class="faint">waits</p>
              )}
              {members.includes(id) && <TrustBar v={v} plan={plan} phase={phase} id={id} />}
            </div>
          );
        })}
        {phase.together.length > 0 && (
          <div class="act" style={{ "--side": "var(--ink)" }}>
            <b>{TOGETHER}</b>
            <ul class="plain-list">
              {stepWords(v.doc, plan, phase.together).map((x) => (
                <li>{x}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </li>
  );
}

const M = { left: 52, right: 20, top: 16, bottom: 44 };

function Curve({ plan, there }: { plan: Plan; there: number | null }) {
  const { ref, width } = useWidth(420);
  const height = Math.round(Math.max(200, Math.min(300, width * 0.6)));
  const most = plan.trust_by_phases.length;
  const w = width - M.left - M.right;
  const h = height - M.top - M.bottom;
  const x = (k: number) => M.left + (most < 2 ? w / 2 : (w * (k + 0.35)) / (most - 0.3));
  const y = (t: number) => M.top + h * (1 - t);
  const { trust_by_phases: t, trust_by_phases_low: low, trust_by_phases_high: high } = plan;
  const band =
    low && high
      ? `M${low.map((a, k) => `${x(k)},${y(a)}`).join("L")}L${high.map((a, k) => `${x(k)},${y(a)}`).reverse().join("L")}Z`
      : null;
  const frame = { x: M.left, y: M.top - 12, w: w + M.right, h: h + 12 };
  const marks = t.map((a, k) => ({ x: x(k), y: y(a), radius: 5, text: percent(a), weight: 600 }));
  const line = there === null ? [] : [{ x: M.left + 4, y: y(there), radius: -2, text: `trust there is, at least ${percent(there)}`, weight: 400 }];
  const solid = marks.map((m) => ({ x: m.x - 6, y: m.y - 6, w: 12, h: 12 }));
  const labels = placeLabels([...marks, ...line], frame, solid);
  return (
    <div class="plot" ref={ref}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Greatest trust needed by number of phases: ${t.map((a, k) => `${k + 1}: ${percent(a)}`).join(", ")}`}>
        {[0, 0.25, 0.5, 0.75, 1].map((a) => (
          <g>
            <line x1={M.left} x2={width - M.right} y1={y(a)} y2={y(a)} class="grid" />
            <text x={M.left - 8} y={y(a) + 4} text-anchor="end" class="tick">
              {percent(a)}
            </text>
          </g>
        ))}
        {band && <path d={band} class="band" />}
        {there !== null && <line x1={M.left} x2={width - M.right} y1={y(there)} y2={y(there)} class="there" />}
        <path d={`M${t.map((a, k) => `${x(k)},${y(a)}`).join("L")}`} class="frontier" />
        {t.map((a, k) => (
          <g>
            <circle cx={x(k)} cy={y(a)} r={5} class="dot" />
            <text x={x(k)} y={height - M.bottom + 18} text-anchor="middle" class="tick">
              {k + 1}
            </text>
          </g>
        ))}
        <text x={M.left + w / 2} y={height - 8} text-anchor="middle" class="axis">
          phases at most
        </text>
        {labels.map((l) => (
          <text x={l.box.x + 2} y={l.box.y + 14} class={`label halo${l.weight === 400 ? " light" : ""}`}>
            {l.text}
          </text>
        ))}
      </svg>
    </div>
  );
}

function Verdict({ v, plan }: { v: View; plan: Plan }) {
  const d = v.doc;
  const t = plan.trust_by_phases;
  const least = t[t.length - 1];
  const rests = restsOn(v, d.deciders);
  const row = v.account.picture?.deals[0];
  const name = row ? packageName(d, row) : null;
  const note = `${plan.exact ? "No order of the steps needs less" : `Found by search; none needs less than ${percent(plan.bound)}`}, in the mean of the account's worlds.`;
  return (
    <p class="verdict">
      For the best single package{name && <> (<code>{name}</code>)</>}:{" "}
      {least >= 0.9995 ? (
        <>
          no order of the steps carries itself. At some point somebody would have nothing left to gain
          by performing, and would have to be trusted{" "}
          <Num of={{ title: "The least trust that the plan needs: all", note, statements: rests }}>fully</Num>.
        </>
      ) : (
        <>
          in {plan.plan.length} phase{plan.plan.length === 1 ? "" : "s"} nobody has to trust the others by more than{" "}
          <Num of={{ title: `The least greatest trust: ${percent(least)}`, note, statements: rests }}>{percent(least)}</Num>
          {t[0] > least + 0.005 && <>; all at once it would be {percent(t[0])}</>}.
        </>
      )}
      {plan.least_change && (
        <>
          {" "}
          A clause to take back {list(stepWords(d, plan, plan.least_change.make_undoable))} would bring
          the trust needed to{" "}
          <Num of={{ title: `With that clause: ${percent(plan.least_change.trust)}`, note: plan.least_change.proved ? "No smaller set of clauses does it." : undefined, statements: rests }}>
            {percent(plan.least_change.trust)}
          </Num>
          .
        </>
      )}
    </p>
  );
}

function There({ v, plan }: { v: View; plan: Plan }) {
  const ids = Object.keys(plan.stated_trust);
  const said = ids.filter((id) => plan.stated_trust[id]);
  const nameOf = (id: string) => v.doc.parties[partyAt(v.doc, id)].name;
  if (said.length === 0) {
    return <p class="caption">Nobody in this account put a figure on the trust there is, so none is drawn.</p>;
  }
  return (
    <p>
      {said.map((id) => {
        const s = statedOf(v, plan, id)!;
        return (
          <>
            {nameOf(id)} trusts the others by{" "}
            <Num of={{ title: `The trust of ${nameOf(id)}`, statements: s.statements }}>
              {percent(s.low)} to {percent(s.high)}
            </Num>
            .{" "}
          </>
        );
      })}
      {plan.carried === true && "That trust carries the plan. "}
      {plan.carried === false && `That trust does not carry the whole package in ${plan.trust_by_phases.length} phases. `}
      {plan.first_step && plan.first_step.length > 0 && (
        <>The largest first step that it carries: {stepWords(v.doc, plan, plan.first_step).join("; ")}.</>
      )}
      {plan.first_step && plan.first_step.length === 0 && "It carries no first step at all."}
      {said.length < ids.length && ` No figure is given for ${list(ids.filter((id) => !said.includes(id)).map(nameOf))}.`}
    </p>
  );
}

function Clauses({ v, plan }: { v: View; plan: Plan }) {
  const least = plan.trust_by_phases[plan.trust_by_phases.length - 1];
  const rows = plan.undo
    .filter((u) => u.trust_if_undone !== null && u.trust_if_undone < least - 0.005)
    .sort((a, b) => a.trust_if_undone! - b.trust_if_undone!);
  if (rows.length === 0) return null;
  return (
    <details class="table">
      <summary>What a clause to take back one step would save</summary>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">step</th>
              <th scope="col">can now be undone</th>
              <th scope="col">trust needed with a clause</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((u) => (
              <tr>
                <th scope="row" dir="auto">
                  {plan.steps.find((s) => s.id === u.step)?.text}
                </th>
                <td>{u.undo <= 0 ? "not at all" : u.undo >= 1 ? "wholly" : `by ${percent(u.undo)}`}</td>
                <td>
                  <Num of={{ title: `With a clause to take back this step: ${percent(u.trust_if_undone)}`, statements: restsOn(v, v.doc.deciders) }}>
                    {percent(u.trust_if_undone)}
                  </Num>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function finding(plan: Plan): string {
  const least = plan.trust_by_phases[plan.trust_by_phases.length - 1];
  if (least >= 0.9995) return "No order of the steps carries itself";
  const n = plan.plan.length;
  return `In ${n} phase${n === 1 ? "" : "s"} nobody has to trust the others by more than ${percent(least)}`;
}

export function PlanPanel({ v }: { v: View }) {
  const plan = v.account.plan;
  if (!plan || plan.plan.length === 0) return null;
  const stated = Object.keys(plan.stated_trust).map((id) => statedOf(v, plan, id));
  const there = stated.some((s) => s === null) ? null : Math.min(...stated.map((s) => (s!.low + s!.high) / 2));
  const varies = plan.trust_by_phases.some((t) => t < plan.trust_by_phases[0] - 0.005);
  return (
    <Panel id="plan" topic="Plan: steps that trust can carry" title={finding(plan)} rows={() => planRows(v)}>
      <Verdict v={v} plan={plan} />
      <There v={v} plan={plan} />
      <div class={varies ? "ladder-and-curve" : ""}>
        <ol class="plain-list ladder">
          {plan.plan.map((p) => (
            <Rung key={p.phase} v={v} plan={plan} phase={p} />
          ))}
        </ol>
        {varies && (
          <figure>
            <Curve plan={plan} there={there} />
            <figcaption class="caption">
              The greatest trust that anybody needs, by the number of phases.
              {plan.spread_worlds > 0 && ` Shaded: eight worlds of ten (${count(plan.spread_worlds)} looked at).`}
            </figcaption>
          </figure>
        )}
      </div>
      <p class="caption">
        Bars: how likely the others must be to perform, in a side's eyes, for its own part to pay; in the
        mean of the account's worlds. Thin lines: eight worlds of ten.
        {stated.some((s) => s !== null) && " Upright line: the trust there is."}
      </p>
      <Clauses v={v} plan={plan} />
    </Panel>
  );
}
