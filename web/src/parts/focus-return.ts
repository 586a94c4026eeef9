import { useEffect } from "react";

const KEPT = 12;

function takesFocus(element: HTMLElement): boolean {
  return element.isConnected && element.getClientRects().length > 0 && !element.closest('[aria-hidden="true"], [inert]');
}

/**
 * Dialogs and drawers here are taken away as they close, and the keyboard would be left at the top of the page: the
 * focus goes back to what had it last and is still there, which is what opened them.
 */
export function useFocusReturn() {
  useEffect(() => {
    let had: HTMLElement[] = [];
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target === document.body) return;
      had = [target, ...had.filter((one) => one !== target)].slice(0, KEPT);
    };
    const onClosed = () => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      had = had.filter((one) => one.isConnected);
      had.find(takesFocus)?.focus({ preventScroll: true });
    };
    // Layers stand directly under the body; by the time one is taken away it is empty.
    const layers = new MutationObserver((changes) => {
      if (changes.some(({ removedNodes }) => removedNodes.length > 0)) setTimeout(onClosed);
    });
    document.addEventListener("focusin", onFocus);
    layers.observe(document.body, { childList: true });
    return () => {
      document.removeEventListener("focusin", onFocus);
      layers.disconnect();
    };
  }, []);
}
