/** The editor behind `CodeEditor`: CodeMirror in our colours, without React. */
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  defaultHighlightStyle,
  foldGutter,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Something to say about a span of the text. */
export interface EditorMark {
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly message: string;
}

interface EditorOptions {
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onPasteAll: (text: string) => void;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--ink)" },
  { tag: tags.string, color: "var(--accent-text)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
  { tag: [tags.brace, tags.squareBracket, tags.separator], color: "var(--ink-3)" },
]);

/** A paste over everything is a new document, and may be understood as more than text. */
function pasteAll(options: EditorOptions) {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const { from, to } = view.state.selection.main;
      if (to - from !== view.state.doc.length) return false;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "") return false;
      event.preventDefault();
      options.onPasteAll(text);
      return true;
    },
  });
}

export function makeEditor(parent: HTMLElement, options: EditorOptions): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        highlightActiveLineGutter(),
        lintGutter(),
        history(),
        json(),
        indentOnInput(),
        bracketMatching(),
        syntaxHighlighting(colours),
        syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
        placeholder(options.placeholder),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          spellcheck: "false",
          tabindex: "0",
        }),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        pasteAll(options),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
}

/** Puts another text in, unless it is the one already there. */
export function setText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

export function setMarks(view: EditorView, marks: readonly EditorMark[]): void {
  const end = view.state.doc.length;
  const diagnostics = marks.map(
    ({ from, to, severity, message }): Diagnostic => ({
      from: Math.min(from, end),
      to: Math.min(to, end),
      severity,
      message,
    }),
  );
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

export function goTo(view: EditorView, from: number, to: number): void {
  const end = view.state.doc.length;
  view.dispatch({
    selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
    effects: EditorView.scrollIntoView(Math.min(from, end), { y: "center" }),
  });
  view.focus();
}
