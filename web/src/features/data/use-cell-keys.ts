/** Moves through the cells of the grid by key; one cell at a time can be reached by Tab. */
import { type KeyboardEvent, useRef, useState } from "react";

interface Place {
  readonly row: number;
  readonly column: number;
}

const STEPS: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, Number.NEGATIVE_INFINITY],
  End: [0, Number.POSITIVE_INFINITY],
};

const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

export function useCellKeys(rows: number, columns: number, onOpenRow: (row: number) => void) {
  const ref = useRef<HTMLTableElement>(null);
  const [place, setPlace] = useState<Place>({ row: 0, column: 0 });
  const row = clamp(place.row, rows);
  const column = clamp(place.column, columns);

  function focus(next: Place) {
    setPlace(next);
    const cell = ref.current?.querySelector<HTMLElement>(
      `[data-cell="${next.row}:${next.column}"]`,
    );
    cell?.focus();
    cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function onKeyDown(event: KeyboardEvent) {
    const isCell =
      event.target instanceof HTMLElement && event.target.dataset["cell"] !== undefined;
    if (!isCell || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined) {
      focus({ row: clamp(row + step[0], rows), column: clamp(column + step[1], columns) });
    } else if (event.key === "Enter") onOpenRow(row);
    else return;
    event.preventDefault();
  }

  return {
    ref,
    onKeyDown,
    isCurrent: (atRow: number, atColumn: number) => atRow === row && atColumn === column,
    moveTo: (atRow: number, atColumn: number) => setPlace({ row: atRow, column: atColumn }),
    open: (atRow: number, atColumn: number) => {
      setPlace({ row: atRow, column: atColumn });
      onOpenRow(atRow);
    },
  };
}
