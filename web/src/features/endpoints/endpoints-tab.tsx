/** How a program reaches this schema: addresses, and a snippet that works when pasted. */
import { Select } from "@mantine/core";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { paths } from "../../app/paths";
import { useSchema } from "../../app/schema";
import { useTenant } from "../../app/tenant";
import { CodeBlock } from "../../ui/code-block";
import { Empty } from "../../ui/empty";
import { curlSnippet, endpointsOf } from "./snippets";
import "./endpoints-tab.css";

const route = getRouteApi("/t/$tenant/schemas/$schemaId/endpoints");

export function EndpointsTab() {
  const schema = useSchema();
  const { tenant, schemaId } = route.useParams();
  const { canManage } = useTenant();
  const search = route.useSearch();
  const navigate = useNavigate();
  const tables = schema.definition.tables;
  const table = tables.find(({ name }) => name === search.table) ?? tables[0];
  if (table === undefined) {
    return (
      <div className="page page-wide">
        <Empty title="No tables in this schema">A table brings its own addresses.</Empty>
      </div>
    );
  }
  const endpoints = endpointsOf(schema.id, table);
  return (
    <div className="page page-tab">
      <Select
        label="Table"
        data={tables.map(({ name }) => name)}
        value={table.name}
        onChange={(next) =>
          void navigate(paths.endpoints(tenant, schemaId, next === null ? {} : { table: next }))
        }
        allowDeselect={false}
        searchable
        w={240}
        styles={{ input: { fontFamily: "var(--font-mono)" } }}
      />
      <h2 className="endpoints-title">Addresses</h2>
      <table className="endpoints-table">
        <tbody>
          {endpoints.map(({ method, path, does }) => (
            <tr key={`${method} ${path}`}>
              <th scope="row" className="mono">
                {method}
              </th>
              <td className="mono endpoints-path">{path}</td>
              <td className="dim">{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2 className="endpoints-title">Read five rows</h2>
      <p className="dim endpoints-text">
        Put a key in place of <code className="mono">YOUR_KEY</code>.
        {canManage && (
          <>
            {" "}
            <Link {...paths.keys(tenant)} className="link">
              Create one
            </Link>{" "}
            with the role that fits.
          </>
        )}
      </p>
      <CodeBlock
        label="curl command"
        code={curlSnippet(window.location.origin, schema.id, table.name)}
      />
    </div>
  );
}
