/** A secret that can be read this once: a new key, a first password. */
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";
import "./shown-once.css";

interface ShownOnceProps {
  /** What it is, as its label and on the button: "key". */
  readonly what: string;
  readonly secret: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function ShownOnce({ what, secret, children, onClose }: ShownOnceProps) {
  return (
    <div className="form">
      <p className="shown-once-text">{children}</p>
      <output className="shown-once mono" aria-label={what}>
        {secret}
      </output>
      <div className="form-actions">
        <CopyButton text={secret} label={`Copy ${what.toLowerCase()}`} />
        <Button onClick={onClose}>I have copied it</Button>
      </div>
    </div>
  );
}
