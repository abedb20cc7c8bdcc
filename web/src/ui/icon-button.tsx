/** A button that is only an icon: always with its name on hover and for screen readers. */
import { ActionIcon, Tooltip } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ComponentPropsWithRef } from "react";

interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "color" | "children"> {
  readonly icon: Icon;
  /** What it does; while it cannot, why not. */
  readonly label: string;
}

/** Other properties go to the button, so that a menu can hang on it. */
export function IconButton({
  icon: Glyph,
  label,
  disabled = false,
  style,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        aria-label={label}
        {...rest}
        {...(style === undefined ? {} : { style })}
        {...(disabled ? { "data-disabled": true, "aria-disabled": true } : {})}
      >
        <Glyph size={16} stroke={1.75} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
