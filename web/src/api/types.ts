/** The shapes of the server's answers. */

export type Role = "owner" | "admin" | "editor" | "viewer";

/** The roles from the one that may most to the one that may least. */
export const ROLES: readonly Role[] = ["owner", "admin", "editor", "viewer"];

export interface ServerInfo {
  readonly name: string;
  readonly version: string;
  readonly registrationOpen: boolean;
  readonly demo: boolean;
}

export interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isAdmin: boolean;
}

export interface Tenant {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly role: Role;
}

export interface Me {
  readonly user: User;
  readonly tenants: readonly Tenant[];
}

export interface Member {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
}

export interface AddedMember extends Member {
  /** The first password of an account made with it, shown this once. */
  readonly initialPassword?: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly prefix: string;
  readonly schemas?: readonly string[] | null;
  readonly createdAt: string;
  readonly lastUsedAt?: string | null;
  readonly expiresAt?: string | null;
}

export interface CreatedApiKey extends ApiKey {
  /** The key itself, shown this once. */
  readonly key: string;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly description?: string | null;
  /** Who may make and change schemas in it, besides the tenant's owners and admins. */
  readonly owners: readonly string[];
  readonly createdAt: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | null;
}

export interface SchemaBase {
  readonly id: string;
  readonly tenantId: string;
  readonly projectId: string;
  readonly name: string;
  readonly description?: string | null;
  readonly version: number;
  readonly isActive: boolean;
  readonly namespace: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt?: string | null;
  readonly updatedBy?: string | null;
}

export interface SchemaSummary extends SchemaBase {
  readonly tableCount: number;
  readonly columnCount: number;
  readonly estimatedRows?: number | null;
  readonly sizeBytes?: number | null;
  readonly tables: readonly { readonly name: string; readonly columnCount: number }[];
}

export interface Schema extends SchemaBase {
  readonly definition: Definition;
}

export interface Version {
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy?: string | null;
  readonly message?: string | null;
  readonly summary?: readonly unknown[] | null;
}

export interface Definition {
  readonly enums?: readonly Enum[];
  readonly tables: readonly Table[];
  readonly relationships?: readonly Relationship[];
}

export interface Enum {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly values: readonly { readonly id?: string; readonly name: string }[];
}

export interface Table {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly columns: readonly Column[];
  readonly primaryKey?:
    | readonly string[]
    | { readonly name?: string; readonly columns: readonly string[] };
  readonly uniques?: readonly Unique[];
  readonly checks?: readonly { readonly name: string; readonly expression: string }[];
  readonly indexes?: readonly Index[];
  readonly trackUpdates?: string;
}

export interface Column {
  readonly id?: string;
  readonly name: string;
  readonly type: string;
  readonly primaryKey?: boolean;
  readonly notNull?: boolean;
  readonly default?: string;
  readonly generated?: string;
  readonly identity?: "always" | "byDefault";
  readonly description?: string;
}

export interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  readonly nullsNotDistinct?: boolean;
}

export type IndexPart =
  | string
  | { readonly column: string; readonly order?: string; readonly nulls?: string }
  | { readonly expression: string; readonly order?: string; readonly nulls?: string };

export interface Index {
  readonly name: string;
  readonly method?: string;
  readonly columns: readonly IndexPart[];
  readonly unique?: boolean;
  readonly where?: string;
  readonly include?: readonly string[];
  readonly automatic?: boolean;
}

export type Relationship = ForeignKey | ManyToMany;

export interface ForeignKey {
  readonly name: string;
  readonly type?: undefined;
  readonly from: { readonly table: string; readonly columns: readonly string[] };
  readonly to: { readonly table: string; readonly columns: readonly string[] };
  readonly onDelete?: string;
  readonly onUpdate?: string;
  readonly deferrable?: string;
}

export interface ManyToMany {
  readonly name: string;
  readonly type: "manyToMany";
  readonly from: { readonly table: string };
  readonly to: { readonly table: string };
  readonly through: string;
}

export interface Problem {
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly hint?: string | null;
  readonly severity: "error" | "warning";
}

export interface Validation {
  readonly isValid: boolean;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}
