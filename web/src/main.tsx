import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./theme/base.css";
import { giveNonceToStyles } from "./theme/nonce.ts";

giveNonceToStyles();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
