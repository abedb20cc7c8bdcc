/** Schemas as cards. */
import { Link } from "@tanstack/react-router";
import type { SchemaSummary } from "../../api/types";
import { paths } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { formatBytes, formatCount, plural } from "../../lib/format";
import { Ago } from "../../ui/ago";
import { Status } from "../../ui/status";
import { schemaStatus } from "./list-options";
import { Miniature } from "./miniature";
import { SchemaMenu } from "./schema-menu";
import type { SchemaActs } from "./schemas-page";
import "./schema-cards.css";

interface SchemaCardsProps {
  readonly schemas: readonly SchemaSummary[];
  readonly acts: SchemaActs;
}

/** `3 tables · 1,204 rows · 96 kB`. */
export function measures(schema: SchemaSummary): string {
  const parts = [plural(schema.tableCount, "table")];
  if (typeof schema.estimatedRows === "number")
    parts.push(
      `${formatCount(schema.estimatedRows)} ${schema.estimatedRows === 1 ? "row" : "rows"}`,
    );
  if (typeof schema.sizeBytes === "number") parts.push(formatBytes(schema.sizeBytes));
  return parts.join(" · ");
}

function SchemaCard({
  schema,
  acts,
}: {
  readonly schema: SchemaSummary;
  readonly acts: SchemaActs;
}) {
  const { tenantParam } = useTenant();
  return (
    <li className="schema-card">
      <Miniature tables={schema.tables} />
      <div className="schema-card-head">
        <Link {...paths.design(tenantParam, schema.id)} className="schema-card-name mono clip">
          {schema.name}
        </Link>
        <Status {...schemaStatus(schema)} />
        <SchemaMenu schema={schema} acts={acts} />
      </div>
      <p className="schema-card-text">{schema.description || "No description"}</p>
      <p className="schema-card-foot numbers">
        <span>{measures(schema)}</span>
        <span>
          v{schema.version} · <Ago time={schema.updatedAt} />
        </span>
      </p>
    </li>
  );
}

export function SchemaCards({ schemas, acts }: SchemaCardsProps) {
  return (
    <ul className="schema-cards" aria-label="Schemas">
      {schemas.map((schema) => (
        <SchemaCard key={schema.id} schema={schema} acts={acts} />
      ))}
    </ul>
  );
}
