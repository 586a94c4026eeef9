import { entry } from "./entry.ts";

export const figures = { ...entry };
