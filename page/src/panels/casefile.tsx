import { useEffect, useRef } from "preact/hooks";
import { beside, openLine, type View } from "../state";
import { Panel } from "../take/panel";
import { caseRows } from "../take/rows";

export function CaseFile({ v }: { v: View }) {
  const box = useRef<HTMLDetailsElement>(null);
  const line = openLine.value;
  const text = v.doc.case.text;
  useEffect(() => {
    if (line === null || !box.current) return;
    box.current.open = true;
    const row = box.current.querySelector<HTMLElement>(`[data-line="${line}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.focus();
  }, [line]);
  if (!text || beside.value) return null;
  return (
    <Panel id="case-file" topic="The case file" title={`${text.split("\n").length} lines`} rows={() => caseRows(v)}>
      <details ref={box} class="no-print">
        <summary>
          <code dir="auto">{v.doc.case.file}</code>
        </summary>
        <div class="code" tabIndex={0} role="region" aria-label="Text of the case file">
          <ol>
            {text.split("\n").map((words, i) => (
              <li key={i} data-line={i + 1} tabIndex={-1} class={line === i + 1 ? "here" : ""}>
                {words || " "}
              </li>
            ))}
          </ol>
        </div>
      </details>
    </Panel>
  );
}
