import { approval } from "./approval.ts";
import { entry } from "./entry.ts";
import { watch } from "./watch.ts";

export const figures = { ...entry, ...approval, ...watch };
