/** A piece of code to read and copy. */
import { CopyButton } from "./copy-button";
import "./code-block.css";

interface CodeBlockProps {
  readonly code: string;
  readonly label: string;
}

export function CodeBlock({ code, label }: CodeBlockProps) {
  return (
    <figure className="code-block" aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by key. */}
      <pre className="code-block-text" tabIndex={0}>
        <code>{code}</code>
      </pre>
      <div className="code-block-copy">
        <CopyButton text={code} label={`Copy ${label}`} compact />
      </div>
    </figure>
  );
}
