/** The bar above every page: where one is, search, theme, oneself. */
import { IconMenu2, IconSearch } from "@tabler/icons-react";
import { IconButton } from "../../ui/icon-button";
import { AccountMenu } from "./account-menu";
import { Breadcrumbs } from "./breadcrumbs";
import { ThemeMenu } from "./theme-menu";
import "./top-bar.css";

interface TopBarProps {
  readonly onMenu: () => void;
  readonly onPalette: () => void;
}

const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl ";

export function TopBar({ onMenu, onPalette }: TopBarProps) {
  return (
    <header className="top-bar">
      <IconButton
        icon={IconMenu2}
        label="Open the menu"
        onClick={onMenu}
        className="top-bar-menu"
      />
      <Breadcrumbs />
      <div className="top-bar-tools">
        <button type="button" className="top-bar-search" onClick={onPalette}>
          <IconSearch size={16} stroke={1.75} aria-hidden />
          <span className="top-bar-search-text">Find anything</span>
          <kbd className="top-bar-search-text">{MOD}K</kbd>
        </button>
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
  );
}
