/** The tables of a schema, expanded: columns, keys, checks, indexes, relationships; and its enums. */
import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useSchema } from "../../app/schema";
import { plural } from "../../lib/format";
import { Empty } from "../../ui/empty";
import { EnumList } from "./enum-list";
import { TableIndex } from "./table-index";
import { TableSheet } from "./table-sheet";
import "./design-tab.css";

const route = getRouteApi("/t/$tenant/schemas/$schemaId/");

/** With more tables than this, they start folded. */
const MAX_OPEN = 20;

export function DesignTab() {
  const { definition } = useSchema();
  const { table: chosen } = route.useSearch();
  const tables = definition.tables;
  const [folded, setFolded] = useState<ReadonlySet<string>>(
    () => new Set(tables.length > MAX_OPEN ? tables.map(({ name }) => name) : []),
  );

  useEffect(() => {
    if (chosen === undefined) return;
    setFolded((before) => new Set([...before].filter((name) => name !== chosen)));
    document.getElementById(`table-${chosen}`)?.scrollIntoView({ block: "start" });
  }, [chosen]);

  function toggle(name: string) {
    const next = new Set(folded);
    if (!next.delete(name)) next.add(name);
    setFolded(next);
  }

  if (tables.length === 0) {
    return (
      <div className="page page-wide">
        <Empty title="No tables in this schema" />
      </div>
    );
  }
  const allFolded = folded.size === tables.length;
  return (
    <div className="design">
      <TableIndex tables={tables} chosen={chosen} />
      <div className="design-sheets">
        <div className="design-bar">
          <span className="faint">
            {plural(tables.length, "table")}
            {definition.enums?.length ? `, ${plural(definition.enums.length, "enum")}` : ""}
          </span>
          <Button
            variant="subtle"
            size="xs"
            onClick={() => setFolded(new Set(allFolded ? [] : tables.map(({ name }) => name)))}
          >
            {allFolded ? "Unfold all" : "Fold all"}
          </Button>
        </div>
        {tables.map((table) => (
          <TableSheet
            key={table.name}
            table={table}
            isOpen={!folded.has(table.name)}
            onToggle={() => toggle(table.name)}
          />
        ))}
        <EnumList enums={definition.enums ?? []} />
      </div>
    </div>
  );
}
