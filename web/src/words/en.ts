import { admin } from "./en/admin.ts";
import { document } from "./en/document.ts";
import { figures } from "./en/figures.ts";
import { shell } from "./en/shell.ts";
import { task } from "./en/task.ts";

export const en = { ...shell, ...figures, ...admin, ...task, ...document };
