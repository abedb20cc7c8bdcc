/** A column's menu: order and filter. */
import { Button, Popover, Select, TextInput } from "@mantine/core";
import { IconChevronDown, IconSortAscending, IconSortDescending } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { needsValue, OPERATORS, type Operator } from "../../lib/filter";
import type { GridColumn, TableView } from "./use-data-view";

interface ColumnMenuProps {
  readonly view: TableView;
  readonly column: GridColumn;
}

const ORDERED = new Set(["gt", "gte", "lt", "lte"]);
const UNORDERED_KINDS = new Set(["boolean", "json", "array"]);

/** Only what makes sense: `contains` for text, "greater" for what has an order. */
function operatorsFor({ kind, column }: GridColumn): { value: string; label: string }[] {
  const isText = (kind === "text" && column.type !== "uuid") || kind === "longText";
  return Object.entries(OPERATORS)
    .filter(([operator]) => operator !== "like" || isText)
    .filter(([operator]) => !ORDERED.has(operator) || !UNORDERED_KINDS.has(kind))
    .map(([value, label]) => ({ value, label }));
}

function FilterForm({ view, column, onDone }: ColumnMenuProps & { readonly onDone: () => void }) {
  const [operator, setOperator] = useState<Operator>("eq");
  const [value, setValue] = useState("");
  const isList = column.values.length > 0 && (operator === "eq" || operator === "neq");

  function submit(event: FormEvent) {
    event.preventDefault();
    view.setFilters([...view.filters, { column: column.name, operator, value }]);
    onDone();
  }

  return (
    <form className="column-filter" onSubmit={submit}>
      <Select
        label={`Show rows where ${column.name}`}
        data={operatorsFor(column)}
        value={operator}
        onChange={(next) => setOperator((next ?? "eq") as Operator)}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      {needsValue(operator) && isList && (
        <Select
          aria-label="Value"
          placeholder="Value"
          data={[...column.values]}
          value={value === "" ? null : value}
          onChange={(next) => setValue(next ?? "")}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      {needsValue(operator) && !isList && (
        <TextInput
          aria-label="Value"
          placeholder={operator === "in" ? "a, b, c" : "Value"}
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      <Button type="submit" size="xs" fullWidth>
        Add filter
      </Button>
    </form>
  );
}

export function ColumnMenu({ view, column }: ColumnMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const sort = (descending: boolean) => {
    view.setSorting({ column: column.name, descending });
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={264} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className="grid-menu"
          aria-label={`Order and filter ${column.name}`}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <IconChevronDown size={14} stroke={2} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <div className="column-sorts">
          <Button
            variant="subtle"
            size="xs"
            px={8}
            leftSection={<IconSortAscending size={14} aria-hidden />}
            onClick={() => sort(false)}
          >
            Ascending
          </Button>
          <Button
            variant="subtle"
            size="xs"
            px={8}
            leftSection={<IconSortDescending size={14} aria-hidden />}
            onClick={() => sort(true)}
          >
            Descending
          </Button>
        </div>
        <FilterForm view={view} column={column} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
