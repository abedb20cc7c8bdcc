/** The schema in small: a sheet per table, a line per column. */
import "./miniature.css";

interface MiniatureProps {
  readonly tables: readonly { readonly name: string; readonly columnCount: number }[];
}

/** More do not fit, and are told by a number. */
const MAX_TABLES = 7;
const MAX_LINES = 6;
const LINES = [0, 1, 2, 3, 4, 5] as const;

export function Miniature({ tables }: MiniatureProps) {
  const shown = tables.slice(0, MAX_TABLES);
  const rest = tables.length - shown.length;
  return (
    <div className="miniature" aria-hidden>
      {shown.map((table) => (
        <div key={table.name} className="miniature-table">
          <span className="miniature-name clip">{table.name}</span>
          {LINES.slice(0, Math.min(MAX_LINES, table.columnCount)).map((line) => (
            <span key={line} className="miniature-line" style={{ width: `${88 - line * 9}%` }} />
          ))}
        </div>
      ))}
      {rest > 0 && <span className="miniature-rest">+{rest}</span>}
    </div>
  );
}
