/** One table, expanded. */
import { IconChevronRight, IconTable } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Table } from "../../api/types";
import { paths } from "../../app/paths";
import { plural } from "../../lib/format";
import { ColumnList } from "./column-list";
import { IndexList } from "./index-list";
import { RelationshipList } from "./relationship-list";
import { RuleList } from "./rule-list";
import "./table-sheet.css";

const route = getRouteApi("/t/$tenant/schemas/$schemaId");

interface TableSheetProps {
  readonly table: Table;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

export function TableSheet({ table, isOpen, onToggle }: TableSheetProps) {
  const { tenant, schemaId } = route.useParams();
  return (
    <section className="sheet" id={`table-${table.name}`} aria-label={`Table ${table.name}`}>
      <header className="sheet-head">
        <h2 className="sheet-title">
          <button type="button" className="sheet-toggle" aria-expanded={isOpen} onClick={onToggle}>
            <IconChevronRight size={16} stroke={2} aria-hidden className="sheet-chevron" />
            <span className="mono clip">{table.name}</span>
          </button>
        </h2>
        <span className="faint sheet-count">{plural(table.columns.length, "column")}</span>
        <Link
          {...paths.data(tenant, schemaId, { table: table.name })}
          className="link sheet-data"
          aria-label={`See the rows of ${table.name}`}
        >
          <IconTable size={16} stroke={1.75} aria-hidden />
          Rows
        </Link>
      </header>
      {isOpen && (
        <div className="sheet-body">
          {table.description !== undefined && (
            <p className="sheet-description">{table.description}</p>
          )}
          <ColumnList table={table} />
          <RuleList table={table} />
          <IndexList table={table} />
          <RelationshipList table={table} />
        </div>
      )}
    </section>
  );
}
