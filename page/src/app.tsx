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
  beside, busy, diskFault, engine, fault, front, pending, place, progress, said, view, warning, workbench, type View,
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
  if (engine.value || !v.picture || PARTS.some((p) => v.account[p] !== undefined)) return null;
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

/** What stands below the first screen is drawn after it, so that the answer is seen at once. */
function useLater(v: View | null): View | null {
  const [drawn, draw] = useState<View | null>(null);
  useEffect(() => {
    if (drawn === v) return;
    let on = true;
    void nextTick().then(() => on && draw(v));
    return () => {
      on = false;
    };
  }, [v, drawn]);
  return drawn;
}

function Below({ v }: { v: View }) {
  return (
    <>
      <PartingPanel v={v} />
      <WaysPanel v={v} />
      <PrioritiesPanel v={v} />
      <Waiting v={v} part="bridge" title="Bridge: what would have to change" />
      <BridgePanel v={v} />
      <Waiting v={v} part="exchange" title="Exchange map: how much is given for how much" />
      <ExchangePanel v={v} />
      <Waiting v={v} part="plan" title="Plan: steps that trust can carry" />
      <PlanPanel v={v} />
      <Waiting v={v} part="walk" title="Stay or walk" />
      <WalkPanel v={v} />
      <Waiting v={v} part="stability" title="Stability: what would hold" />
      <StabilityPanel v={v} />
      <Waiting v={v} part="influence" title="What to find out first" />
      <InfluencePanel v={v} />
      <NotThere v={v} />
      <TimelinePanel v={v} />
      <CaseFile v={v} />
      <Method v={v} />
    </>
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
        <div class="first">
          <Answer v={v} />
          <DealsPanel v={v} />
          <AccountsPanel v={v} />
          <SaidPanel v={v} />
        </div>
        {below && <Below v={below} />}
      </main>
      <p class="hidden" role="status">
        {said.value}
      </p>
      <BasisDialog />
    </>
  );
}
