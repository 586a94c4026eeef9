import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * What antd's parts do that the content policy refuses: dialogs lock the page's scrolling by a style element without
 * nonce, growing text boxes measure themselves by a style attribute.
 */
const mended: Record<string, [RegExp, string]> = {
  "@rc-component/util/es/Dom/dynamicCSS.js": [
    /if \(csp\?\.nonce\) \{\s*styleNode\.nonce = csp\?\.nonce;\s*\}/,
    `styleNode.nonce = csp?.nonce ?? document.querySelector('meta[name="csp-nonce"]')?.content ?? "";`,
  ],
  "@rc-component/input/es/calculateNodeHeight.js": [
    /hiddenTextarea\.setAttribute\('style', (`[^`]*`)\);/,
    "hiddenTextarea.style.cssText = $1;",
  ],
};

const underThePolicy: Plugin = {
  name: "under-the-policy",
  apply: "build",
  transform(code, id) {
    const found = Object.entries(mended).find(([file]) => id.endsWith(file));
    if (!found) return null;
    const [file, [known, instead]] = found;
    if (!known.test(code)) this.error(`${file} has changed: look how it sets styles`);
    return { code: code.replace(known, instead), map: null };
  },
};

export default defineConfig({
  plugins: [react(), underThePolicy],
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8057" } },
});
