/** A filter that is on: what it says, and how to take it off. */
import { IconX } from "@tabler/icons-react";
import "./chip.css";

interface ChipProps {
  readonly label: string;
  readonly onRemove: () => void;
}

export function Chip({ label, onRemove }: ChipProps) {
  return (
    <span className="chip">
      <span className="clip">{label}</span>
      <button
        type="button"
        className="chip-remove"
        aria-label={`Remove filter ${label}`}
        onClick={onRemove}
      >
        <IconX size={12} stroke={2.25} aria-hidden />
      </button>
    </span>
  );
}
