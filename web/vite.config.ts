import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Dialogs lock the page's scrolling by a style element that knows no nonce; the content policy would refuse it. */
const nonceForEveryStyle: Plugin = {
  name: "nonce-for-every-style",
  apply: "build",
  transform(code, id) {
    if (!id.endsWith("@rc-component/util/es/Dom/dynamicCSS.js")) return null;
    const known = /if \(csp\?\.nonce\) \{\s*styleNode\.nonce = csp\?\.nonce;\s*\}/;
    if (!known.test(code)) this.error("dynamicCSS.js has changed: look how it sets the nonce");
    return {
      code: code.replace(known, `styleNode.nonce = csp?.nonce ?? document.querySelector('meta[name="csp-nonce"]')?.content ?? "";`),
      map: null,
    };
  },
};

export default defineConfig({
  plugins: [react(), nonceForEveryStyle],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8057" } },
});
