/** Schemas as rows, for those who have many. */
import { Link } from "@tanstack/react-router";
import type { SchemaSummary } from "../../api/types";
import { paths } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { formatActor, formatBytes, formatCount } from "../../lib/format";
import { Ago } from "../../ui/ago";
import { Status } from "../../ui/status";
import { schemaStatus } from "./list-options";
import { SchemaMenu } from "./schema-menu";
import type { SchemaActs } from "./schemas-page";
import "../../ui/list-table.css";
import "./schema-rows.css";

interface SchemaRowsProps {
  readonly schemas: readonly SchemaSummary[];
  readonly acts: SchemaActs;
}

function orDash(value: number | null | undefined, format: (value: number) => string): string {
  return typeof value === "number" ? format(value) : "–";
}

export function SchemaRows({ schemas, acts }: SchemaRowsProps) {
  const { tenantParam } = useTenant();
  return (
    <table className="list-table" aria-label="Schemas">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Status</th>
          <th scope="col">Tables</th>
          <th scope="col">Rows</th>
          <th scope="col">Size</th>
          <th scope="col">Version</th>
          <th scope="col">Changed</th>
          <th scope="col">
            <span className="visually-hidden">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {schemas.map((schema) => (
          <tr key={schema.id}>
            <td className="schema-rows-name">
              <Link
                {...paths.design(tenantParam, schema.id)}
                className="plain mono list-table-main"
              >
                {schema.name}
              </Link>
              <div className="faint clip">{schema.description}</div>
            </td>
            <td>
              <Status {...schemaStatus(schema)} />
            </td>
            <td className="numbers" data-label="Tables">
              {formatCount(schema.tableCount)}
            </td>
            <td className="numbers" data-label="Rows">
              {orDash(schema.estimatedRows, formatCount)}
            </td>
            <td className="numbers" data-label="Size">
              {orDash(schema.sizeBytes, formatBytes)}
            </td>
            <td className="numbers" data-label="Version">
              {schema.version}
            </td>
            <td data-label="Changed">
              <Ago time={schema.updatedAt} />
              {schema.updatedBy && (
                <div className="faint clip">by {formatActor(schema.updatedBy)}</div>
              )}
            </td>
            <td className="list-table-actions">
              <SchemaMenu schema={schema} acts={acts} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
