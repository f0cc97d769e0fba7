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
import { busy, fault, more, said, view } from "./state";

export function App() {
  const v = view.value;
  if (!v) {
    return (
      <main class="page">
        <p role="alert">{fault.value ?? "This file holds no analysis."}</p>
      </main>
    );
  }
  return (
    <>
      <a class="skip" href="#deals">
        Skip to the deals
      </a>
      <main class="page" aria-busy={busy.value}>
        {fault.value && (
          <p class="fault" role="alert">
            {fault.value}. What you see is the last picture that could be drawn.
          </p>
        )}
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
