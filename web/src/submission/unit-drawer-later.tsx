import { lazy, Suspense, useRef, type ComponentProps } from "react";

const UnitDrawer = lazy(async () => ({ default: (await import("./unit-drawer.tsx")).UnitDrawer }));

/** The drawer of a unit's submission, loaded when it is opened for the first time. */
export function UnitDrawerLater(props: ComponentProps<typeof UnitDrawer>) {
  const wanted = useRef(false);
  wanted.current ||= props.submission !== null;
  return (
    wanted.current && (
      <Suspense fallback={null}>
        <UnitDrawer {...props} />
      </Suspense>
    )
  );
}
