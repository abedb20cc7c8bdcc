/** Makes a schema from a document: name it, describe its tables, see what the server thinks, create. */
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { ApiError, describeError } from "../../api/errors";
import { createSchema, refreshSchemas } from "../../api/schemas";
import { useDesignRights } from "../../app/design-rights";
import { paths } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { mapJson } from "../../lib/json-map";
import { randomId } from "../../lib/random-id";
import { Failure } from "../../ui/failure";
import { Page } from "../../ui/page";
import { defaultProject } from "./default-project";
import { DetailsForm } from "./details-form";
import { DocumentPane } from "./document-pane";
import { forgetDraft, keepDraft, keptDraft, type SchemaDraft } from "./draft";
import { documentFor } from "./starters";
import { unwrap } from "./unwrap";
import "./new-schema-page.css";

const route = getRouteApi("/t/$tenant/schemas/new");

/** The draft of the page: kept in the tab until the schema exists. */
function useDraft() {
  const { start } = route.useSearch();
  const [draft, setDraft] = useState<SchemaDraft>(() => {
    const kept = start === undefined ? keptDraft() : undefined;
    return (
      kept ?? { name: "", description: "", projectId: undefined, document: documentFor(start) }
    );
  });
  useEffect(() => keepDraft(draft), [draft]);
  const change = (part: Partial<SchemaDraft>) => setDraft((before) => ({ ...before, ...part }));
  return { draft, change };
}

function useCreation() {
  const { tenant, tenantParam } = useTenant();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (draft: SchemaDraft) => createSchema(tenant.id, draft, randomId()),
    onSuccess: async (schema) => {
      forgetDraft();
      void refreshSchemas(client, tenant.id);
      await navigate(paths.design(tenantParam, schema.id));
    },
  });
}

export function NewSchemaPage() {
  const { tenant, tenantParam } = useTenant();
  const { mayCreate, projects } = useDesignRights();
  const { draft, change } = useDraft();
  const creation = useCreation();
  const refusal = creation.error;
  const problems = refusal instanceof ApiError ? refusal.problems : [];
  const nameError = refusal instanceof ApiError && refusal.path === "name" ? refusal : undefined;
  const map = mapJson(draft.document);
  const reason = !mayCreate
    ? `Your role in ${tenant.name} is ${tenant.role}. Owners and admins create schemas, and owners of a project in it.`
    : draft.name.trim() === ""
      ? "Give the schema a name first."
      : !map.ok
        ? "The definition is not JSON yet."
        : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason !== undefined) return;
    const projectId = draft.projectId ?? defaultProject(projects)?.id;
    creation.mutate({ ...draft, projectId, name: draft.name.trim() });
  }

  function replaceDocument(text: string) {
    const { document, name, description } = unwrap(text);
    change({
      document,
      ...(name !== undefined && draft.name === "" ? { name } : {}),
      ...(description !== undefined && draft.description === "" ? { description } : {}),
    });
  }

  return (
    <Page title="New schema">
      <form className="new-schema" onSubmit={submit}>
        <DetailsForm
          draft={draft}
          nameError={nameError?.message}
          onChange={change}
          onReplace={replaceDocument}
        />
        <div className="new-schema-main">
          <DocumentPane
            document={draft.document}
            refusedWith={creation.variables?.document === draft.document ? problems : []}
            onChange={(document) => change({ document })}
            onReplace={replaceDocument}
          />
          {creation.isError && nameError === undefined && problems.length === 0 && (
            <Failure {...describeError(refusal)} />
          )}
          <div className="new-schema-foot">
            <span className="faint" id="create-reason">
              {reason}
            </span>
            <Button
              variant="default"
              renderRoot={(props) => <Link {...paths.schemas(tenantParam)} {...props} />}
            >
              Cancel
            </Button>
            <Button
              type="submit"
              loading={creation.isPending}
              disabled={reason !== undefined}
              aria-describedby="create-reason"
            >
              Create schema
            </Button>
          </div>
        </div>
      </form>
    </Page>
  );
}
