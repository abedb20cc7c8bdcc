/** A JSON editor with line numbers and marks; Tab leaves it, as in every other field. */
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { type EditorMark, goTo, makeEditor, setMarks, setText } from "./code-editor-view";
import "./code-editor.css";

export interface CodeEditorHandle {
  /** Selects a span and brings it into sight. */
  readonly goTo: (from: number, to: number) => void;
}

interface CodeEditorProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly marks: readonly EditorMark[];
  readonly onChange: (text: string) => void;
  /** Called instead when a paste replaces the whole text. */
  readonly onPasteAll: (text: string) => void;
  readonly ref?: Ref<CodeEditorHandle>;
}

export function CodeEditor(props: CodeEditorProps) {
  const { label, placeholder, value, marks, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<ReturnType<typeof makeEditor>>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    if (host.current === null) return;
    const made = makeEditor(host.current, {
      label,
      placeholder,
      text: latest.current.value,
      onChange: (text) => latest.current.onChange(text),
      onPasteAll: (text) => latest.current.onPasteAll(text),
    });
    view.current = made;
    return () => made.destroy();
  }, [label, placeholder]);

  useEffect(() => {
    if (view.current !== undefined) setText(view.current, value);
  }, [value]);

  useEffect(() => {
    if (view.current !== undefined) setMarks(view.current, marks);
  }, [marks]);

  useImperativeHandle(ref, () => ({
    goTo: (from, to) => {
      if (view.current !== undefined) goTo(view.current, from, to);
    },
  }));

  return <div ref={host} className="code-editor" />;
}
