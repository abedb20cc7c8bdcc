/** Mantine spoken in our own tokens: sizes, ink, hairlines. */
import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Popover,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from "@mantine/core";

const ink: MantineColorsTuple = [
  "#eceefc",
  "#d6daf8",
  "#b1bbff",
  "#9aa7ff",
  "#7683ea",
  "#5561da",
  "#3442c9",
  "#2a36ad",
  "#232d91",
  "#1b2373",
];

const red: MantineColorsTuple = [
  "#fcecea",
  "#f8d3d0",
  "#f8aaa3",
  "#f48f86",
  "#e06a60",
  "#cc4640",
  "#b92828",
  "#9f1f1f",
  "#841919",
  "#661313",
];

const field = { size: "sm" } as const;

/** The head of a dialog is no banner of the page. */
const plainHead = { header: { role: "presentation" } };

export const theme = createTheme({
  primaryColor: "ink",
  colors: { ink, red },
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  fontFamily: "var(--font-text)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "28px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "3px", sm: "4px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: {
    Button: Button.extend({
      defaultProps: { size: "sm", variant: "filled" },
      classNames: { root: "button" },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: "subtle", size: 28, color: "gray" },
      classNames: { root: "icon-button" },
    }),
    TextInput: TextInput.extend({ defaultProps: field }),
    PasswordInput: PasswordInput.extend({ defaultProps: field }),
    NumberInput: NumberInput.extend({ defaultProps: field }),
    Textarea: Textarea.extend({ defaultProps: { ...field, autosize: true, minRows: 2 } }),
    Select: Select.extend({
      defaultProps: { ...field, comboboxProps: { transitionProps: { duration: 120 } } },
    }),
    MultiSelect: MultiSelect.extend({ defaultProps: field }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, offset: 6 } }),
    Menu: Menu.extend({ defaultProps: { position: "bottom-end", offset: 4, width: 220 } }),
    Popover: Popover.extend({ defaultProps: { offset: 4 } }),
    Modal: Modal.extend({
      defaultProps: { yOffset: "12vh", transitionProps: { duration: 140 }, attributes: plainHead },
    }),
    Drawer: Drawer.extend({
      defaultProps: { transitionProps: { duration: 160 }, attributes: plainHead },
    }),
  },
});

/** The variables Mantine's parts read, set to our tokens in both schemes. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-2)",
    "--mantine-color-default": "var(--raised)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-placeholder": "var(--ink-3)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-anchor": "var(--accent-text)",
    "--mantine-color-disabled": "var(--hover)",
    "--mantine-color-disabled-color": "var(--ink-3)",
    "--mantine-color-disabled-border": "var(--line)",
    "--mantine-color-gray-text": "var(--ink-2)",
    "--mantine-color-gray-light-hover": "var(--hover)",
  };
  return { variables: {}, light: shared, dark: shared };
};
