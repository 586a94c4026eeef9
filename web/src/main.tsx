import { createRoot } from "react-dom/client";
import { watchPresence } from "./api/presence.ts";
import { App, chosenLanguage } from "./app.tsx";
import "./theme/base.css";
import { giveNonceToStyles } from "./theme/nonce.ts";
import { loadWords } from "./words/words.tsx";

giveNonceToStyles();
watchPresence(window);
const root = document.getElementById("root");
if (root) void loadWords(chosenLanguage()).finally(() => createRoot(root).render(<App />));
