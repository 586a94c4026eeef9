import { useEffect, useState } from "react";

/** The server's clock decides deadlines: the browser's own may be wrong, and a demonstration stands on another day. */
let offset = 0;
let knownFor = "";

export function setServerNow(iso: string) {
  if (iso === knownFor) return;
  knownFor = iso;
  offset = Date.parse(iso) - Date.now();
}

export function serverNow(): number {
  return Date.now() + offset;
}

/** The server's time, again every `every` milliseconds. */
export function useNow(every = 30_000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
