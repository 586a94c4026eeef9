import type { MenuProps } from "antd";

/** What an item of a menu does when it opens a dialog: the Enter that chose it must not press the dialog's first button. */
export function menuAct(act: () => void): NonNullable<MenuProps["onClick"]> {
  return ({ domEvent }) => {
    domEvent.preventDefault();
    act();
  };
}
