/** The project a new schema goes to until another is chosen. */
import type { Project } from "../../api/types";

export function defaultProject(projects: readonly Project[]): Project | undefined {
  return projects.find(({ name }) => name === "default") ?? projects[0];
}
