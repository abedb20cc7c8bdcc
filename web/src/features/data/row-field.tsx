/** One column of a row's form. Null and "left to the default" are said, never guessed. */
import { Select, Textarea, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useId } from "react";
import { paths } from "../../app/paths";
import { useSchema } from "../../app/schema";
import { useTenant } from "../../app/tenant";
import { emptied, type Field, isReadOnly } from "./row-draft";
import type { GridColumn } from "./use-data-view";

interface RowFieldProps {
  readonly column: GridColumn;
  readonly field: Field;
  /** The field the cursor begins in. */
  readonly isFirst: boolean;
  readonly isNew: boolean;
  readonly isLocked: boolean;
  readonly error: ReactNode;
  readonly onChange: (field: Field) => void;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  date: "2026-11-23",
  timestamp: "2026-11-23T15:00:00Z",
  time: "15:00:00",
  json: '{"key": "value"}',
  array: '["a", "b"]',
};

function placeholderOf({ column, field, isNew }: RowFieldProps): string {
  if (field.state === "null") return "null";
  if (field.state === "typed") return field.text === "" ? "empty text" : "";
  const { generated, identity, notNull } = column.column;
  if (generated !== undefined) return `made from ${generated}`;
  if (identity !== undefined) return "numbered by the database";
  if (column.column.default !== undefined) return `default ${column.column.default}`;
  if (notNull === true || column.isKey) return EXAMPLES[column.kind] ?? "required";
  return isNew ? "null" : "";
}

function Control(props: RowFieldProps & { readonly id: string }) {
  const { column, field, isNew, isLocked, onChange, id } = props;
  const text = field.state === "typed" ? field.text : "";
  const readOnly = isLocked || isReadOnly(column);
  const shared = {
    id,
    placeholder: placeholderOf(props),
    readOnly,
    error: props.error ?? null,
    ...(props.isFirst ? { "data-autofocus": true } : {}),
  };
  const type = (typed: string) =>
    onChange(typed === "" ? emptied(column.kind, isNew) : { state: "typed", text: typed });

  if ((column.kind === "enum" || column.kind === "boolean") && !readOnly) {
    const options = column.kind === "boolean" ? ["true", "false"] : [...column.values];
    return (
      <Select
        {...shared}
        data={options}
        value={text === "" ? null : text}
        onChange={(next) => type(next ?? "")}
      />
    );
  }
  if (column.kind === "longText" || column.kind === "json") {
    return (
      <Textarea
        {...shared}
        maxRows={12}
        minRows={1}
        value={text}
        spellCheck={column.kind === "longText"}
        onChange={(event) => type(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      value={text}
      inputMode={column.kind === "number" ? "decimal" : "text"}
      autoComplete="off"
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}

function Acts({ column, field, isNew, isLocked, onChange }: RowFieldProps) {
  const { tenantParam } = useTenant();
  const schema = useSchema();
  const { reference } = column;
  const mayBeNull = column.column.notNull !== true && !column.isKey && !isReadOnly(column);
  return (
    <span className="row-field-acts">
      {reference !== undefined && (
        <Link
          {...paths.data(tenantParam, schema.id, { table: reference.table })}
          target="_blank"
          className="row-field-act"
          title={`Look up a row of ${reference.table} in a new tab`}
        >
          Look up in {reference.table}
        </Link>
      )}
      {isNew && field.state !== "unset" && (
        <button
          type="button"
          className="row-field-act"
          aria-label={`Leave ${column.name} to its default`}
          onClick={() => onChange({ state: "unset" })}
        >
          default
        </button>
      )}
      {mayBeNull && !isLocked && (
        <button
          type="button"
          className="row-field-act"
          aria-pressed={field.state === "null"}
          aria-label={`Set ${column.name} to null`}
          onClick={() => onChange({ state: "null" })}
        >
          null
        </button>
      )}
    </span>
  );
}

export function RowField(props: RowFieldProps) {
  const { column } = props;
  const id = useId();
  const isMono = column.kind === "json" || column.kind === "array" || column.column.type === "uuid";
  return (
    <div className="row-field" data-mono={isMono || undefined}>
      <div className="row-field-head">
        <label htmlFor={id} className="row-field-name mono clip">
          {column.name}
        </label>
        <span className="row-field-type mono clip">{column.column.type}</span>
        <Acts {...props} />
      </div>
      <Control {...props} id={id} />
    </div>
  );
}
