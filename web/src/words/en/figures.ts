import { approval } from "./approval.ts";
import { entry } from "./entry.ts";

export const figures = { ...entry, ...approval };
