/**
 * Whether a person is at the screen. What the screen asks by itself (after a live change, by a timer) must not keep
 * an unused session alive: it is sent with "X-Background".
 */

/** A request belongs to the key or touch before it for this long: typed figures are saved a moment later. */
export const HAND_MS = 10_000;

let usedAt = Date.now();

export function noteUse() {
  usedAt = Date.now();
}

export function isBackground(now = Date.now()): boolean {
  return now - usedAt > HAND_MS;
}

/** Notes each key and touch, before anything acts on it. */
export function watchPresence(target: EventTarget) {
  for (const kind of ["keydown", "pointerdown", "drop"]) target.addEventListener(kind, noteUse, { capture: true, passive: true });
}
