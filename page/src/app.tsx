import { AccountsPanel } from "./panels/accounts";
import { Answer } from "./panels/answer";
import { BridgePanel } from "./panels/bridge";
import { CaseFile } from "./panels/casefile";
import { DealsPanel } from "./panels/deals";
import { ExchangePanel } from "./panels/exchange";
import { InfluencePanel } from "./panels/influence";
import { PlanPanel } from "./panels/plan";
import { StabilityPanel } from "./panels/stability";
import { WalkPanel } from "./panels/walk";
import { Method } from "./panels/method";
import { PartingPanel } from "./panels/parting";
import { SaidPanel } from "./panels/said";
import { TimelinePanel } from "./panels/timeline";
import { BasisDialog } from "./num";
import { beside, busy, diskFault, fault, more, said, view } from "./state";

function Fault() {
  const text = fault.value ?? diskFault.value;
  return (
    text && (
      <p class="fault" role="alert">
        {text}.{view.value && " What you see is the last picture that could be drawn."}
      </p>
    )
  );
}

export function App() {
  const Beside = beside.value;
  return (
    <div class={Beside ? "with-editor" : undefined}>
      <Panels />
      {Beside && <Beside />}
    </div>
  );
}

function Panels() {
  const v = view.value;
  if (!v) {
    return (
      <main class="page">
        {fault.value || diskFault.value ? <Fault /> : <p role="alert">This file holds no analysis.</p>}
      </main>
    );
  }
  return (
    <>
      <a class="skip" href="#deals">
        Skip to the deals
      </a>
      <main class="page" aria-busy={busy.value}>
        <Fault />
        <div class="first">
          <Answer v={v} />
          <AccountsPanel v={v} />
          <SaidPanel v={v} />
          <DealsPanel v={v} />
        </div>
        <PartingPanel v={v} />
        {more.value && !v.account.bridge && <p class="caption">The figures below are being computed.</p>}
        <BridgePanel v={v} />
        <ExchangePanel v={v} />
        <PlanPanel v={v} />
        <WalkPanel v={v} />
        <StabilityPanel v={v} />
        <InfluencePanel v={v} />
        <TimelinePanel v={v} />
        <CaseFile v={v} />
        <Method v={v} />
      </main>
      <p class="hidden" role="status">
        {said.value}
      </p>
      <BasisDialog />
    </>
  );
}
