/** The names of the tables, to jump to. */
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Table } from "../../api/types";
import { paths } from "../../app/paths";
import { SearchField } from "../../ui/search-field";
import "./table-index.css";

const route = getRouteApi("/t/$tenant/schemas/$schemaId");

interface TableIndexProps {
  readonly tables: readonly Table[];
  readonly chosen: string | undefined;
}

export function TableIndex({ tables, chosen }: TableIndexProps) {
  const { tenant, schemaId } = route.useParams();
  const [search, setSearch] = useState("");
  const found = tables.filter(({ name }) => name.includes(search.toLowerCase()));
  return (
    <nav className="table-index" aria-label="Tables">
      <SearchField label="Find a table" value={search} onSearch={setSearch} />
      <ul>
        {found.map((table) => (
          <li key={table.name}>
            <Link
              {...paths.design(tenant, schemaId, { table: table.name })}
              className="table-index-link"
              data-chosen={table.name === chosen || undefined}
            >
              <span className="mono clip">{table.name}</span>
              <span className="faint numbers">{table.columns.length}</span>
            </Link>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="faint">No table is called so.</p>}
    </nav>
  );
}
