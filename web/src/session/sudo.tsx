import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { setSudoHandler } from "../api/client.ts";

const SudoDialog = lazy(() => import("./sudo-dialog.tsx"));

/**
 * Asks for the password when the server wants it confirmed (api/client.ts), then lets the call that was refused go
 * again. Several refused calls wait for one answer.
 */
export function Sudo() {
  const waiting = useRef<((confirmed: boolean) => void)[]>([]);
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);

  useEffect(() => {
    setSudoHandler(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setAsked(true);
          setOpen(true);
        }),
    );
    return () => setSudoHandler(() => Promise.resolve(false));
  }, []);

  const settle = (confirmed: boolean) => {
    setOpen(false);
    for (const resolve of waiting.current.splice(0)) resolve(confirmed);
  };
  return (
    asked && (
      <Suspense fallback={null}>
        <SudoDialog open={open} onSettled={settle} />
      </Suspense>
    )
  );
}
