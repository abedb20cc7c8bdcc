/** Copies a text and says so. */
import { Button } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { copyText } from "./copy-text";
import { IconButton } from "./icon-button";

/** How long "Copied" stays. */
const SHOWN_MS = 1600;

interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
  readonly compact?: boolean;
}

export function CopyButton({ text, label, compact = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => void copyText(text).then(setCopied);
  const Glyph = copied ? IconCheck : IconCopy;
  if (compact) return <IconButton icon={Glyph} label={copied ? "Copied" : label} onClick={copy} />;
  return (
    <Button
      variant="default"
      leftSection={<Glyph size={16} stroke={1.75} aria-hidden />}
      onClick={copy}
    >
      {copied ? "Copied" : label}
    </Button>
  );
}
