/** What each role may do, in words. */
import type { Role } from "./types";

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: "everything, members and keys included",
  admin: "schemas, projects and data",
  editor: "reads and writes data",
  viewer: "reads",
};

export const ROLE_OPTIONS = [
  { value: "owner", label: "Owner" },
  { value: "admin", label: "Admin" },
  { value: "editor", label: "Editor" },
  { value: "viewer", label: "Viewer" },
] as const satisfies readonly { value: Role; label: string }[];
