import { admin } from "./en/admin.ts";
import { figures } from "./en/figures.ts";
import { shell } from "./en/shell.ts";

export const en = { ...shell, ...figures, ...admin };
