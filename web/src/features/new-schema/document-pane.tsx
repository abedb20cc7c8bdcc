/** The document and, below it, what the server thinks of it. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, lazy, Suspense, useMemo, useRef, useState } from "react";
import { validationQuery } from "../../api/schemas";
import type { Problem } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { mapJson } from "../../lib/json-map";
import type { CodeEditorHandle } from "../../ui/code-editor";
import { Skeleton } from "../../ui/skeleton";
import { findingsOf } from "./findings";
import { ProblemsPanel } from "./problems-panel";
import "./document-pane.css";

const CodeEditor = lazy(() =>
  import("../../ui/code-editor").then((module) => ({ default: module.CodeEditor })),
);

/** How long a pause in typing must be before the server is asked. */
const PAUSE_MS = 300;

interface DocumentPaneProps {
  readonly document: string;
  /** The problems this very document was refused with. */
  readonly refusedWith: readonly Problem[];
  readonly onChange: (document: string) => void;
  readonly onReplace: (text: string) => void;
}

function useValidation(document: string) {
  const { tenant } = useTenant();
  const [settled] = useDebouncedValue(document, PAUSE_MS);
  const isJson = useMemo(() => mapJson(settled).ok, [settled]);
  const validation = useQuery({ ...validationQuery(tenant.id, settled), enabled: isJson });
  const isAnswered = !isJson || (!validation.isPending && !validation.isPlaceholderData);
  // "No problems" is said only of the very text that is there.
  const isCurrent = settled === document && isAnswered;
  return { ...validation, isCurrent };
}

export function DocumentPane(props: DocumentPaneProps) {
  const { document, refusedWith, onChange, onReplace } = props;
  const editor = useRef<CodeEditorHandle>(null);
  const [isOver, setOver] = useState(false);
  const validation = useValidation(document);
  const findings = useMemo(() => {
    const { data } = validation;
    const asked = data === undefined ? [] : [...data.errors, ...data.warnings];
    return findingsOf(document, asked.length > 0 ? asked : refusedWith);
  }, [document, refusedWith, validation]);

  function drop(event: DragEvent) {
    const file = event.dataTransfer.files[0];
    setOver(false);
    if (file === undefined) return;
    event.preventDefault();
    void file.text().then(onReplace);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping a file is a second way; the button is the first.
    <div
      className="document-pane"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="document-pane-editor">
        <Suspense fallback={<Skeleton lines={6} height={20} label="Loading the editor" />}>
          <CodeEditor
            ref={editor}
            label="Definition"
            placeholder="Paste a definition here, or drop a JSON file"
            value={document}
            marks={findings}
            onChange={onChange}
            onPasteAll={onReplace}
          />
        </Suspense>
      </div>
      <ProblemsPanel
        findings={findings}
        isEmpty={document.trim() === ""}
        isChecking={!validation.isCurrent}
        failure={validation.error}
        onOpen={(finding) => editor.current?.goTo(finding.from, finding.to)}
      />
    </div>
  );
}
