/** Where a table points to, and what points to it. */
import { IconArrowLeft, IconArrowRight, IconArrowsLeftRight } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ForeignKey, ManyToMany, Relationship, Table } from "../../api/types";
import { paths } from "../../app/paths";
import { useSchema } from "../../app/schema";
import { actionWords } from "../../lib/definition";

const route = getRouteApi("/t/$tenant/schemas/$schemaId");

function TableLink({ name }: { readonly name: string }) {
  const { tenant, schemaId } = route.useParams();
  return (
    <Link {...paths.design(tenant, schemaId, { table: name })} className="link mono">
      {name}
    </Link>
  );
}

function ForeignKeyRow({
  foreignKey,
  table,
}: {
  readonly foreignKey: ForeignKey;
  readonly table: string;
}) {
  const isOut = foreignKey.from.table === table;
  const Glyph = isOut ? IconArrowRight : IconArrowLeft;
  const here = isOut ? foreignKey.from : foreignKey.to;
  const there = isOut ? foreignKey.to : foreignKey.from;
  return (
    <li className="fact">
      <Glyph size={14} stroke={2} aria-hidden className="fact-icon" />
      <code className="column-code">{here.columns.join(", ")}</code>
      <span className="faint">{isOut ? "points to" : "is pointed to by"}</span>
      <span>
        <TableLink name={there.table} />
        <code className="column-code">.{there.columns.join(", ")}</code>
      </span>
      {foreignKey.onDelete !== undefined && (
        <span className="tag">on delete {actionWords(foreignKey.onDelete)}</span>
      )}
      {foreignKey.onUpdate !== undefined && (
        <span className="tag">on update {actionWords(foreignKey.onUpdate)}</span>
      )}
      {foreignKey.deferrable !== undefined && foreignKey.deferrable !== "no" && (
        <span className="tag">checked at commit</span>
      )}
      <span className="mono fact-name">{foreignKey.name}</span>
    </li>
  );
}

function ManyToManyRow({ link, table }: { readonly link: ManyToMany; readonly table: string }) {
  const other = link.from.table === table ? link.to.table : link.from.table;
  return (
    <li className="fact">
      <IconArrowsLeftRight size={14} stroke={2} aria-hidden className="fact-icon" />
      <span className="faint">many to many with</span>
      <TableLink name={other} />
      <span className="faint">through</span>
      <TableLink name={link.through} />
      <span className="mono fact-name">{link.name}</span>
    </li>
  );
}

function touches(relationship: Relationship, table: string): boolean {
  return relationship.from.table === table || relationship.to.table === table;
}

export function RelationshipList({ table }: { readonly table: Table }) {
  const { definition } = useSchema();
  const found = (definition.relationships ?? []).filter((one) => touches(one, table.name));
  if (found.length === 0) return null;
  return (
    <>
      <h3 className="sheet-part">Relationships</h3>
      <ul className="facts">
        {found.map((one) =>
          one.type === "manyToMany" ? (
            <ManyToManyRow key={one.name} link={one} table={table.name} />
          ) : (
            <ForeignKeyRow key={one.name} foreignKey={one} table={table.name} />
          ),
        )}
      </ul>
    </>
  );
}
