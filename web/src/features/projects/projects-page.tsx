/** The projects of a tenant: groups of schemas. */
import { Button } from "@mantine/core";
import { IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { deleteProject, projectsQuery } from "../../api/projects";
import type { Project } from "../../api/types";
import { paths } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { Ago } from "../../ui/ago";
import { Confirm } from "../../ui/confirm";
import { Empty } from "../../ui/empty";
import { Failure } from "../../ui/failure";
import { IconButton } from "../../ui/icon-button";
import { Page } from "../../ui/page";
import { Skeleton } from "../../ui/skeleton";
import { ProjectForm } from "./project-form";
import "../../ui/list-table.css";

interface Acts {
  readonly onRename: (project: Project) => void;
  readonly onDelete: (project: Project) => void;
}

function ProjectTable({
  projects,
  acts,
}: {
  readonly projects: readonly Project[];
  readonly acts: Acts;
}) {
  const { tenantParam, canManage } = useTenant();
  return (
    <table className="list-table" aria-label="Projects">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Made</th>
          <th scope="col">
            <span className="visually-hidden">Acts</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {projects.map((project) => (
          <tr key={project.id}>
            <td>
              <Link
                {...paths.schemas(tenantParam, { project: project.id })}
                className="plain list-table-main"
                title={`See the schemas of ${project.name}`}
              >
                {project.name}
              </Link>
              {project.description && <div className="faint">{project.description}</div>}
            </td>
            <td data-label="Made">
              <Ago time={project.createdAt} />
            </td>
            <td className="list-table-actions">
              {canManage && (
                <>
                  <IconButton
                    icon={IconPencil}
                    label={`Rename ${project.name}`}
                    onClick={() => acts.onRename(project)}
                  />
                  <IconButton
                    icon={IconTrash}
                    label={`Delete ${project.name}`}
                    onClick={() => acts.onDelete(project)}
                  />
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DeleteProject({
  project,
  onClose,
}: {
  readonly project: Project;
  readonly onClose: () => void;
}) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => deleteProject(tenant.id, project.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: projectsQuery(tenant.id).queryKey });
      onClose();
    },
  });
  return (
    <Confirm
      title={`Delete ${project.name}`}
      action={`Delete ${project.name}`}
      busy={deletion.isPending}
      failure={deletion.isError ? describeError(deletion.error) : undefined}
      onConfirm={() => deletion.mutate()}
      onClose={onClose}
    >
      Only an empty project can be deleted; its schemas are never deleted with it.
    </Confirm>
  );
}

export function ProjectsPage() {
  const { tenant, canManage } = useTenant();
  const projects = useQuery(projectsQuery(tenant.id));
  const [editing, setEditing] = useState<Project | "new">();
  const [deleting, setDeleting] = useState<Project>();
  return (
    <Page
      title="Projects"
      intro="Projects group the schemas of a tenant."
      width="narrow"
      actions={
        canManage && (
          <Button
            leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
            onClick={() => setEditing("new")}
          >
            New project
          </Button>
        )
      }
    >
      {projects.isPending && <Skeleton lines={3} height={44} label="Loading the projects" />}
      {projects.isError && (
        <Failure {...describeError(projects.error)} onRetry={() => void projects.refetch()} />
      )}
      {projects.data?.items.length === 0 && <Empty title="No projects yet" />}
      {projects.data !== undefined && projects.data.items.length > 0 && (
        <ProjectTable
          projects={projects.data.items}
          acts={{ onRename: setEditing, onDelete: setDeleting }}
        />
      )}
      {editing !== undefined && (
        <ProjectForm
          project={editing === "new" ? undefined : editing}
          onClose={() => setEditing(undefined)}
        />
      )}
      {deleting !== undefined && (
        <DeleteProject project={deleting} onClose={() => setDeleting(undefined)} />
      )}
    </Page>
  );
}
