/** Names a project, new or old. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { describeError } from "../../api/errors";
import { changeProject, createProject, projectsQuery } from "../../api/projects";
import type { Project } from "../../api/types";
import { useTenant } from "../../app/tenant";
import { Failure } from "../../ui/failure";

interface ProjectFormProps {
  /** Nothing for a new one. */
  readonly project: Project | undefined;
  readonly onClose: () => void;
}

export function ProjectForm({ project, onClose }: ProjectFormProps) {
  const { tenant } = useTenant();
  const client = useQueryClient();
  const [name, setName] = useState(project?.name ?? "");
  const save = useMutation({
    mutationFn: async () => {
      if (project === undefined) await createProject(tenant.id, { name: name.trim() });
      else await changeProject(tenant.id, project.id, { name: name.trim() });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: projectsQuery(tenant.id).queryKey });
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={project === undefined ? "New project" : `Rename ${project.name}`}
      size={440}
    >
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {save.isError && <Failure {...describeError(save.error)} />}
        <div className="form-actions">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {project === undefined ? "Create project" : "Rename project"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
