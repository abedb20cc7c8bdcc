/** Speaks to the server as a program does, to lay out what a journey begins with. */
import { ADMIN } from "./server.mjs";

/** Signs the administrator in and gives back how to call. */
export async function openApi(url) {
  async function call(method, path, body, headers = {}) {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  const session = await call("POST", "/api/auth/login", ADMIN);
  const bearer = { Authorization: `Bearer ${session.token}` };

  return {
    as: (method, path, body, headers = {}) => call(method, path, body, { ...bearer, ...headers }),
    /** A tenant with whatever name. */
    async tenant(name) {
      const tenant = await call("POST", "/api/tenants", { name }, bearer);
      const inside = { ...bearer, "X-Tenant-Id": tenant.id };
      return {
        ...tenant,
        home: `/t/${tenant.number}/schemas`,
        call: (method, path, body, headers = {}) =>
          call(method, path, body, { ...inside, ...headers }),
        schema: (schemaName, definition, description) =>
          call("POST", "/api/schemas", { name: schemaName, description, definition }, inside),
      };
    },
  };
}

/** Two tables with a relationship, an enum, and types that lose digits in careless hands. */
export const SHOP = {
  enums: [{ name: "order_status", values: ["draft", "paid", "shipped"] }],
  tables: [
    {
      name: "customers",
      columns: [
        { name: "id", type: "bigint", primaryKey: true, identity: "byDefault" },
        { name: "email", type: "varchar(40)", notNull: true, unique: true },
        { name: "name", type: "text" },
      ],
    },
    {
      name: "orders",
      columns: [
        { name: "id", type: "bigint", primaryKey: true },
        {
          name: "customer_id",
          type: "bigint",
          notNull: true,
          references: { table: "customers", column: "id", onDelete: "cascade" },
        },
        { name: "status", type: "order_status", notNull: true, default: "'draft'" },
        { name: "total", type: "numeric(30,10)", check: "total >= 0" },
        { name: "note", type: "text" },
      ],
    },
  ],
};
