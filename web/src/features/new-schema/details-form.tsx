/** The name of the new schema, what it is for, its project, and where its document begins. */
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useRef } from "react";
import { useDesignRights } from "../../app/design-rights";
import { defaultProject } from "./default-project";
import type { SchemaDraft } from "./draft";
import { STARTERS } from "./starters";

interface DetailsFormProps {
  readonly draft: SchemaDraft;
  readonly nameError: string | undefined;
  readonly onChange: (part: Partial<SchemaDraft>) => void;
  /** Puts another document in place of the one there. */
  readonly onReplace: (text: string) => void;
}

function FileButton({ onReplace }: { readonly onReplace: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Definition file"
        onChange={(event) => {
          void event.currentTarget.files?.[0]?.text().then(onReplace);
          event.currentTarget.value = "";
        }}
      />
      <Button
        variant="default"
        leftSection={<IconFileUpload size={16} stroke={1.75} aria-hidden />}
        onClick={() => field.current?.click()}
      >
        Open a JSON file
      </Button>
    </>
  );
}

function Starters({ draft, onReplace }: Pick<DetailsFormProps, "draft" | "onReplace">) {
  return (
    <fieldset className="starters">
      <legend>Begin with</legend>
      {STARTERS.map((starter) => (
        <button
          key={starter.id}
          type="button"
          className="starter"
          aria-pressed={draft.document === starter.document}
          onClick={() => onReplace(starter.document)}
        >
          <span className="starter-label">{starter.label}</span>
          <span className="starter-text">{starter.text}</span>
        </button>
      ))}
    </fieldset>
  );
}

function ProjectField({ draft, onChange }: Pick<DetailsFormProps, "draft" | "onChange">) {
  const { projects } = useDesignRights();
  if (projects.length < 2) return null;
  return (
    <Select
      label="Project"
      data={projects.map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.projectId ?? defaultProject(projects)?.id ?? null}
      onChange={(projectId) => onChange({ projectId: projectId ?? undefined })}
      allowDeselect={false}
    />
  );
}

export function DetailsForm({ draft, nameError, onChange, onReplace }: DetailsFormProps) {
  return (
    <div className="form">
      <TextInput
        label="Name"
        description="Small letters, digits and single underscores; begins with a letter."
        placeholder="crm"
        autoFocus
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        error={nameError ?? null}
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        styles={{ input: { fontFamily: "var(--font-mono)" } }}
      />
      <Textarea
        label="Description"
        placeholder="What it is for, in a sentence"
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      <ProjectField draft={draft} onChange={onChange} />
      <Starters draft={draft} onReplace={onReplace} />
      <FileButton onReplace={onReplace} />
    </div>
  );
}
