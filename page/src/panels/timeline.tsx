import { ink } from "../color";
import type { Statement } from "../data";
import { By, SourceLine, Words } from "../num";
import { asOf, goTo, switchable, type View } from "../state";
import type { History } from "../answers";
import { answerOf } from "../later";
import { Panel } from "../take/panel";
import { timelineRows } from "../take/rows";
import { day, percent } from "../words";
import { RecordFigure } from "./record";

function finding(dated: Statement[], history: History | undefined): string {
  const days = dated.flatMap((s) => (s.date ? [s.date.slice(0, 10)] : [])).sort();
  const shares = (history?.dates ?? []).flatMap((h) => (h.accounts[0]?.zone != null ? [h.accounts[0].zone] : []));
  const span = days.length ? `${day(days[0])} to ${day(days[days.length - 1])}` : "no dates";
  return shares.length > 1
    ? `${percent(shares[0])} left room at the first date, ${percent(shares[shares.length - 1])} at the last`
    : `${dated.length} statement${dated.length === 1 ? "" : "s"}, ${span}`;
}

export function TimelinePanel({ v }: { v: View }) {
  const d = v.doc;
  const dated = d.statements
    .map((s, i) => ({ s, i }))
    .filter((x) => x.s.kind !== "assumption")
    .sort((a, b) => (a.s.time ?? Infinity) - (b.s.time ?? Infinity) || a.i - b.i);
  if (dated.length === 0) return null;
  const history = answerOf<History>("history");
  const days = new Map<string, { s: Statement; i: number }[]>();
  dated.forEach((x) => {
    const key = x.s.date?.slice(0, 10) ?? "";
    days.set(key, [...(days.get(key) ?? []), x]);
  });
  return (
    <Panel id="timeline" topic="Timeline" title={finding(dated.map((x) => x.s), history)} rows={() => timelineRows(v, history)}>
      {d.case.as_of && <p class="caption">The record goes up to {day(d.case.as_of)}.</p>}
      <RecordFigure v={v} />
      <ol class="plain-list days">
        {[...days].map(([key, list]) => {
          return (
            <li class="day">
              <h3>
                {key ? day(key) : "No date"}
                {switchable.value && key.length === 10 && (
                  <button type="button" class="plain" aria-pressed={asOf.value === key} onClick={() => goTo(asOf.value === key ? "" : key)}>
                    the record as of this day
                  </button>
                )}
              </h3>
              <ul class="plain-list">
                {list.map(({ s }) => (
                  <li class={`said${s.on ? "" : " off"}`} style={{ "--side": ink(s.side) }} key={s.id}>
                    <By s={s} />
                    <div>
                      <Words s={s} />
                    </div>
                    {s.claims.length === 0 && <span class="faint">claims nothing that could be counted</span>}
                    <SourceLine d={d} s={s} />
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
