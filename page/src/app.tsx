import { Component, type ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { AccountsPanel } from "./panels/accounts";
import { Answer } from "./panels/answer";
import { BridgePanel } from "./panels/bridge";
import { CaseFile } from "./panels/casefile";
import { DealsPanel } from "./panels/deals";
import { ExchangePanel } from "./panels/exchange";
import { InfluencePanel } from "./panels/influence";
import { PrioritiesPanel } from "./panels/priorities";
import { WaysPanel } from "./panels/ways";
import { PlanPanel } from "./panels/plan";
import { StabilityPanel } from "./panels/stability";
import { WalkPanel } from "./panels/walk";
import { Method } from "./panels/method";
import { PartingPanel } from "./panels/parting";
import { SaidPanel } from "./panels/said";
import { TimelinePanel } from "./panels/timeline";
import { BasisDialog } from "./num";
import { PARTS, type Part } from "./data";
import { goToPanel } from "./dom";
import { nextTick } from "./size";
import { Bar } from "./take/bar";
import {
  beside, busy, diskFault, engine, fault, front, pending, place, progress, rough, said, view, warning, workbench, type View,
} from "./state";

function Fault() {
  const text = fault.value ?? diskFault.value;
  return (
    <>
      {warning.value && <p class="fault" role="status" id="warning">{warning.value}</p>}
      {text && (
        <p class="fault" role="alert">
          {text}.{view.value && " What you see is the last picture that could be drawn."}
        </p>
      )}
    </>
  );
}

/** The place of a panel whose figures are being computed: nothing of another choice stands there. */
function Waiting({ v, part, title }: { v: View; part: Part; title: string }) {
  if (v.account[part] !== undefined || !pending.value.has(part)) return null;
  return (
    <section class="wide-panel waiting" aria-busy="true">
      <h2>{title}</h2>
      <p class="caption">Computing{progress.value && `: ${progress.value}`}</p>
    </section>
  );
}

/** A file that cannot compute shows what it was written with, and says what is not among it. */
function NotThere({ v }: { v: View }) {
  if (engine.value || pending.value.size > 0 || !v.picture || PARTS.some((p) => v.account[p] !== undefined)) return null;
  return (
    <p class="caption">
      Bridge, exchange, plan, walk, stability and influence are computed when the page opens, by the engine
      inside; here it does not run.
    </p>
  );
}

export function App({ v }: { v: View | null }) {
  const Beside = beside.value;
  const Front = front.value;
  const Bench = workbench.value;
  if (Front) return <Front />;
  return (
    <>
      {Bench && <Bench />}
      <div class={Beside ? "with-editor" : undefined} hidden={Bench !== null && place.value !== "answer"}>
        <div class="answer-side">
          <Panels v={v} />
        </div>
        {Beside && <Beside />}
      </div>
    </>
  );
}

/**
 * What stands below the first screen is drawn after it, so that the answer is seen at once, and not of a first
 * picture where that of the choice before stands there: it says so until the whole one has come.
 */
function useLater(v: View | null): View | null {
  const [drawn, draw] = useState<View | null>(null);
  const waits = rough.value && drawn !== null && drawn.doc.case.hash === v?.doc.case.hash;
  useEffect(() => {
    if (drawn === v || waits) return;
    let on = true;
    void nextTick().then(() => on && draw(v));
    return () => {
      on = false;
    };
  }, [v, drawn, waits]);
  return drawn;
}

/**
 * Drawn anew from above only where what it is of is another: each part of an account that comes makes a new
 * document of the same pictures. What it reads of signals it follows by itself.
 */
class Kept extends Component<{ by: unknown[]; children: () => ComponentChildren }> {
  override shouldComponentUpdate(next: { by: unknown[] }): boolean {
    return next.by.some((x, i) => x !== this.props.by[i]);
  }
  render() {
    return this.props.children();
  }
}

function Below({ v }: { v: View }) {
  const by = (...more: unknown[]) => [v.doc.accounts, v.account, v.picture, v.base, ...more];
  const a = v.account;
  return (
    <>
      <Kept by={by()}>{() => <PartingPanel v={v} />}</Kept>
      <Kept by={by()}>{() => <WaysPanel v={v} />}</Kept>
      <Kept by={by()}>{() => <PrioritiesPanel v={v} />}</Kept>
      <Waiting v={v} part="bridge" title="Bridge: what would have to change" />
      <Kept by={by(a.bridge)}>{() => <BridgePanel v={v} />}</Kept>
      <Waiting v={v} part="exchange" title="Exchange map: how much is given for how much" />
      <Kept by={by(a.exchange)}>{() => <ExchangePanel v={v} />}</Kept>
      <Waiting v={v} part="plan" title="Plan: steps that trust can carry" />
      <Kept by={by(a.plan)}>{() => <PlanPanel v={v} />}</Kept>
      <Waiting v={v} part="walk" title="Stay or walk" />
      <Kept by={by(a.walk)}>{() => <WalkPanel v={v} />}</Kept>
      <Waiting v={v} part="stability" title="Stability: what would hold" />
      <Kept by={by(a.stability, a.bridge)}>{() => <StabilityPanel v={v} />}</Kept>
      <Waiting v={v} part="influence" title="What to find out first" />
      <Kept by={by(a.influence)}>{() => <InfluencePanel v={v} />}</Kept>
      <NotThere v={v} />
      <Kept by={by()}>{() => <TimelinePanel v={v} />}</Kept>
      <Kept by={by()}>{() => <CaseFile v={v} />}</Kept>
      <Kept by={by()}>{() => <Method v={v} />}</Kept>
    </>
  );
}

function First({ v }: { v: View }) {
  const by = (...more: unknown[]) => [v.doc.accounts, v.account, v.picture, v.base, ...more];
  return (
    <div class="first">
      <Kept by={by(v.account.influence)}>{() => <Answer v={v} />}</Kept>
      <Kept by={by()}>{() => <DealsPanel v={v} />}</Kept>
      <Kept by={by(...v.doc.accounts.map((a) => a.picture))}>{() => <AccountsPanel v={v} />}</Kept>
      <Kept by={by()}>{() => <SaidPanel v={v} />}</Kept>
    </div>
  );
}

function Panels({ v }: { v: View | null }) {
  const below = useLater(v);
  if (!v) {
    return (
      <main class="page">
        {fault.value || diskFault.value ? <Fault /> : (
          <p role="status" class="computing">Computing{progress.value && `: ${progress.value}`}</p>
        )}
      </main>
    );
  }
  return (
    <>
      <a class="skip" href="#deals" onClick={(e) => { e.preventDefault(); goToPanel("deals"); }}>
        Skip to the deals
      </a>
      <Bar v={v} />
      <main class="page" aria-busy={busy.value} data-late={below !== v}>
        <Fault />
        <First v={v} />
        {below && rough.value && below !== v && (
          <p class="state" id="late">What stands below is of the picture before; it is computed when this one is whole.</p>
        )}
        {below && <div class={rough.value && below !== v ? "below old" : "below"}><Below v={below} /></div>}
      </main>
      <p class="hidden" role="status">
        {said.value}
      </p>
      <BasisDialog />
    </>
  );
}
