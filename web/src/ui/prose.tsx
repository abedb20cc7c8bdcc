/** A sentence of the server: what stands in backticks is a name or a value. */
interface ProseProps {
  readonly text: string;
}

export function Prose({ text }: ProseProps) {
  const parts = text.split("`");
  // An odd backtick opens nothing.
  if (parts.length % 2 === 0) return text;
  return parts.map((part, index) => {
    const at = parts.slice(0, index).join("`").length;
    return index % 2 === 0 ? (
      part
    ) : (
      <code key={at} className="mono">
        {part}
      </code>
    );
  });
}
