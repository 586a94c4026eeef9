import { theme, type ThemeConfig } from "antd";
import { useSyncExternalStore } from "react";

export type Appearance = "light" | "dark" | "system";

const KEY = "theodoi.appearance";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paper = window.matchMedia("print");
const listeners = new Set<() => void>();

export function appearance(): Appearance {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

export function setAppearance(value: Appearance) {
  localStorage.setItem(KEY, value);
  listeners.forEach((listener) => listener());
}

/** Paper is white whatever the screen is. */
function isDark() {
  if (paper.matches) return false;
  const value = appearance();
  return value === "system" ? dark.matches : value === "dark";
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  dark.addEventListener("change", listener);
  paper.addEventListener("change", listener);
  return () => {
    listeners.delete(listener);
    dark.removeEventListener("change", listener);
    paper.removeEventListener("change", listener);
  };
}

export function useDark(): boolean {
  return useSyncExternalStore(subscribe, isDark);
}

/** The four states of the product, chosen for 4.5:1 on their grounds; each also has a shape of its own (parts/state). */
export const stateColors = {
  light: { done: "#1a7f37", soon: "#8f5a00", late: "#b42318", none: "#5f6873", info: "#0b5cad" },
  dark: { done: "#4cc38a", soon: "#f0b429", late: "#ff7b72", none: "#9aa4af", info: "#6cb2ff" },
};

export function themeConfig(darkMode: boolean): ThemeConfig {
  const colors = darkMode ? stateColors.dark : stateColors.light;
  return {
    algorithm: darkMode ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: '"Be Vietnam Pro", system-ui, sans-serif',
      fontSize: 14,
      controlHeight: 32,
      borderRadius: 4,
      motion: false,
      colorPrimary: darkMode ? "#d9534f" : "#a61b1b",
      colorLink: colors.info,
      colorLinkHover: colors.info,
      colorLinkActive: colors.info,
      colorInfo: colors.info,
      colorSuccess: colors.done,
      colorWarning: colors.soon,
      colorError: colors.late,
      /* Grounds of notes: derived from the dark text hues they would be muddy. */
      colorInfoBg: darkMode ? "#1c3149" : "#e8f1fb",
      colorInfoBorder: darkMode ? "#2f4d70" : "#b9d3ee",
      colorSuccessBg: darkMode ? "#173022" : "#e9f5ec",
      colorSuccessBorder: darkMode ? "#2c5a3f" : "#b4d9bf",
      colorWarningBg: darkMode ? "#362a12" : "#fdf6e7",
      colorWarningBorder: darkMode ? "#6b5320" : "#e8c987",
      colorErrorBg: darkMode ? "#3a1f1e" : "#fdf1f0",
      colorErrorBorder: darkMode ? "#703432" : "#efb8b2",
      colorTextSecondary: darkMode ? "#b3bcc6" : "#4d5661",
      colorTextTertiary: darkMode ? "#9aa4af" : "#5f6873",
      colorTextPlaceholder: darkMode ? "#98a2ad" : "#666f7a",
      colorBgLayout: darkMode ? "#111417" : "#f5f6f7",
    },
    components: {
      Button: darkMode ? { dangerColor: "#16191d" } : {},
      Tabs: darkMode ? { itemSelectedColor: "#f28b82", itemHoverColor: "#f28b82", itemActiveColor: "#f28b82" } : {},
      Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8 },
      Menu: darkMode ? { itemSelectedColor: "#ff9a94", itemSelectedBg: "#3a1f1e" } : { itemSelectedBg: "#f8e9e8" },
      Layout: { headerHeight: 48, headerPadding: "0 12px" },
    },
  };
}
