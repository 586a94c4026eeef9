import { admin } from "./vi/admin.ts";
import { document } from "./vi/document.ts";
import { figures } from "./vi/figures.ts";
import { shell } from "./vi/shell.ts";
import { task } from "./vi/task.ts";

export const vi = { ...shell, ...figures, ...admin, ...task, ...document };
