/** Search, filters, order and form of the list; all of it stands in the address. */
import { SegmentedControl, Select } from "@mantine/core";
import { IconLayoutGrid, IconList } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { projectsQuery } from "../../api/projects";
import { paths, type SchemaListSearch } from "../../app/paths";
import { useTenant } from "../../app/tenant";
import { Chip } from "../../ui/chip";
import { SearchField } from "../../ui/search-field";
import { SORTS, STATUS_FILTERS } from "./list-options";
import "./schemas-toolbar.css";

const route = getRouteApi("/t/$tenant/schemas");

/** Changes parts of the address; an empty part leaves it. */
export function useListSearch() {
  const search = route.useSearch();
  const { tenantParam } = useTenant();
  const navigate = useNavigate();
  function change(part: { [K in keyof SchemaListSearch]?: SchemaListSearch[K] | undefined }) {
    const next = Object.entries({ ...search, ...part }).filter(
      ([, value]) => value !== undefined && value !== "",
    );
    void navigate({
      ...paths.schemas(tenantParam, Object.fromEntries(next) as SchemaListSearch),
      replace: part.search !== undefined,
    });
  }
  return { search, change };
}

function FilterChips() {
  const { search, change } = useListSearch();
  const { tenant } = useTenant();
  const projects = useQuery(projectsQuery(tenant.id));
  const status = STATUS_FILTERS.find(({ value }) => value === search.status);
  const project = projects.data?.items.find(({ id }) => id === search.project);
  if (search.status === undefined && search.project === undefined) return null;
  return (
    <div className="schemas-chips">
      {search.status !== undefined && (
        <Chip
          label={`Status: ${status?.label ?? search.status}`}
          onRemove={() => change({ status: undefined })}
        />
      )}
      {search.project !== undefined && (
        <Chip
          label={`Project: ${project?.name ?? "…"}`}
          onRemove={() => change({ project: undefined })}
        />
      )}
    </div>
  );
}

export function SchemasToolbar() {
  const { search, change } = useListSearch();
  const { tenant } = useTenant();
  const projects = useQuery(projectsQuery(tenant.id));
  const projectOptions = (projects.data?.items ?? []).map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  return (
    <>
      <search className="schemas-toolbar">
        <div className="schemas-search">
          <SearchField
            label="Search schemas"
            value={search.search ?? ""}
            onSearch={(text) => change({ search: text })}
          />
        </div>
        <Select
          aria-label="Status"
          placeholder="In use"
          data={STATUS_FILTERS}
          value={search.status ?? null}
          onChange={(status) => change({ status: status ?? undefined })}
          w={140}
        />
        {projectOptions.length > 1 && (
          <Select
            aria-label="Project"
            placeholder="All projects"
            data={projectOptions}
            value={search.project ?? null}
            onChange={(project) => change({ project: project ?? undefined })}
            w={160}
          />
        )}
        <Select
          aria-label="Order"
          data={SORTS}
          value={search.sort ?? "-updatedAt"}
          onChange={(sort) =>
            change({ sort: sort === "-updatedAt" ? undefined : (sort ?? undefined) })
          }
          allowDeselect={false}
          w={160}
        />
        <SegmentedControl
          className="schemas-view"
          aria-label="Form of the list"
          value={search.view ?? "cards"}
          onChange={(view) => change({ view: view === "rows" ? "rows" : undefined })}
          data={[
            { value: "cards", label: <IconLayoutGrid size={16} aria-label="Cards" /> },
            { value: "rows", label: <IconList size={16} aria-label="Rows" /> },
          ]}
        />
      </search>
      <FilterChips />
    </>
  );
}
