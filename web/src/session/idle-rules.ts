/** How many seconds before the end of an unused session the person is warned: a minute, or a third of a short one. */
export function warnBefore(idleSeconds: number): number {
  return Math.min(60, Math.floor(idleSeconds / 3));
}
