/** All findings about the document; a click leads to the line. */
import { IconAlertTriangle, IconCircleX } from "@tabler/icons-react";
import { errorLine } from "../../api/errors";
import { asSentence, plural } from "../../lib/format";
import { Prose } from "../../ui/prose";
import { Status } from "../../ui/status";
import type { Finding } from "./findings";

interface ProblemsPanelProps {
  readonly findings: readonly Finding[];
  readonly isEmpty: boolean;
  readonly isChecking: boolean;
  readonly failure: Error | null;
  readonly onOpen: (finding: Finding) => void;
}

function Verdict({ findings, isEmpty, isChecking, failure }: Omit<ProblemsPanelProps, "onOpen">) {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  if (isEmpty) return <Status tone="info" label="Nothing to check yet" />;
  if (isChecking && errors === 0) return <Status tone="info" label="Checking" />;
  if (errors > 0 || warnings > 0) {
    return (
      <>
        {errors > 0 && <Status tone="bad" label={plural(errors, "error")} />}
        {warnings > 0 && <Status tone="warn" label={plural(warnings, "warning")} />}
      </>
    );
  }
  if (failure !== null) return <Status tone="warn" label={`Not checked. ${errorLine(failure)}`} />;
  return <Status tone="ok" label="No problems" />;
}

function FindingRow(props: { readonly finding: Finding; readonly onOpen: () => void }) {
  const { finding, onOpen } = props;
  const isError = finding.severity === "error";
  const Glyph = isError ? IconCircleX : IconAlertTriangle;
  return (
    <li>
      <button type="button" className="problem" onClick={onOpen}>
        <Glyph
          size={16}
          stroke={1.75}
          className={`problem-icon problem-${finding.severity}`}
          aria-label={isError ? "Error" : "Warning"}
        />
        <span className="problem-message">
          <Prose text={asSentence(finding.message)} />
        </span>
        <span className="problem-line numbers">line {finding.line}</span>
        {finding.hint !== undefined && (
          <span className="problem-hint">
            <Prose text={finding.hint} />
          </span>
        )}
        <span className="problem-place mono">
          {finding.path === "" ? finding.code : `${finding.path} · ${finding.code}`}
        </span>
      </button>
    </li>
  );
}

export function ProblemsPanel(props: ProblemsPanelProps) {
  const { findings, onOpen } = props;
  return (
    <section className="problems" aria-label="Problems">
      <div className="problems-head" role="status">
        <Verdict {...props} />
      </div>
      {findings.length > 0 && (
        <ul className="problems-list">
          {findings.map((finding) => (
            <FindingRow
              key={`${finding.code} ${finding.path} ${finding.message}`}
              finding={finding}
              onOpen={() => onOpen(finding)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
