/**
 * The content policy lets only style elements with the page's nonce work. Ant Design gives it to those of its theme,
 * not to the few it makes for measuring scroll bars and locking the page behind a dialog: every style element gets it.
 */
export const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

export function giveNonceToStyles() {
  const make = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
}
