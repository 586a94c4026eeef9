import { createContext, useContext } from "react";
import { vi } from "./vi.ts";

export type Language = "vi" | "en";
export type Word = keyof typeof vi;

const catalogues: Partial<Record<Language, Record<Word, string>>> & { vi: Record<Word, string> } = { vi };

/** Has the words of a language at hand; Vietnamese is there from the start. */
export async function loadWords(language: Language): Promise<void> {
  if (language === "en") catalogues.en ??= (await import("./en.ts")).en;
}

export const LanguageContext = createContext<Language>("vi");

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** Changes the language everywhere and keeps the choice. */
export const ChooseLanguageContext = createContext<(language: Language) => void>(() => {});

export function useChooseLanguage(): (language: Language) => void {
  return useContext(ChooseLanguageContext);
}

/** Fills `{name}` places of a sentence. */
export function fill(sentence: string, values?: Record<string, string | number>): string {
  if (!values) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

export type Speak = (word: Word, values?: Record<string, string | number>) => string;

/** `const t = useWords(); t("save")`. Every sentence people read is in vi.ts and en.ts. */
export function useWords(): Speak {
  const language = useLanguage();
  return (word, values) => fill((catalogues[language] ?? catalogues.vi)[word], values);
}
