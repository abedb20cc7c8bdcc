/** What must hold in a table: composite key, uniques, checks. */
import { IconCheck, IconFingerprint, IconKey } from "@tabler/icons-react";
import type { Table } from "../../api/types";
import { keyColumns } from "../../lib/definition";

interface Rule {
  readonly name: string;
  readonly icon: typeof IconKey;
  readonly word: string;
  readonly code: string;
  readonly note?: string;
}

function rulesOf(table: Table): Rule[] {
  const key = keyColumns(table);
  const named = table.primaryKey !== undefined && "columns" in table.primaryKey;
  const keyName = named ? (table.primaryKey.name ?? "") : "";
  return [
    ...(key.length > 1 || keyName !== ""
      ? [{ name: keyName, icon: IconKey, word: "primary key", code: `(${key.join(", ")})` }]
      : []),
    ...(table.uniques ?? []).map((unique) => ({
      name: unique.name,
      icon: IconFingerprint,
      word: "unique",
      code: `(${unique.columns.join(", ")})`,
      ...(unique.nullsNotDistinct === true ? { note: "nulls count as equal" } : {}),
    })),
    ...(table.checks ?? []).map((check) => ({
      name: check.name,
      icon: IconCheck,
      word: "check",
      code: check.expression,
    })),
  ];
}

export function RuleList({ table }: { readonly table: Table }) {
  const rules = rulesOf(table);
  if (rules.length === 0) return null;
  return (
    <>
      <h3 className="sheet-part">Rules</h3>
      <ul className="facts">
        {rules.map(({ name, icon: Glyph, word, code, note }) => (
          <li key={`${word} ${name} ${code}`} className="fact">
            <Glyph size={14} stroke={2} aria-hidden className="fact-icon" />
            <span>{word}</span>
            <code className="column-code">{code}</code>
            {note !== undefined && <span className="tag">{note}</span>}
            <span className="mono fact-name">{name}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
