/** A state as icon and word, never by colour alone. */
import {
  IconAlertTriangle,
  IconArchive,
  IconCircleCheck,
  IconCircleX,
  IconInfoCircle,
  IconPlayerPause,
} from "@tabler/icons-react";
import "./status.css";

const TONES = {
  ok: IconCircleCheck,
  paused: IconPlayerPause,
  gone: IconArchive,
  warn: IconAlertTriangle,
  bad: IconCircleX,
  info: IconInfoCircle,
} as const;

interface StatusProps {
  readonly tone: keyof typeof TONES;
  readonly label: string;
  /** Why it is so. */
  readonly reason?: string;
}

export function Status({ tone, label, reason }: StatusProps) {
  const Glyph = TONES[tone];
  return (
    <span className={`status status-${tone}`} title={reason}>
      <Glyph size={14} stroke={2} aria-hidden />
      {label}
    </span>
  );
}
