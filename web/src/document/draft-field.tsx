import { useId, type ReactNode } from "react";

type Props = {
  label: string;
  problem?: string;
  /** As broad as the draft; or half of it, for names that are long. */
  wide?: boolean;
  half?: boolean;
  /** Points at the words of the letter while the field has the focus or the mouse. */
  onPoint?: (on: boolean, scroll: boolean) => void;
  children: (id: string) => ReactNode;
};

/** A labelled field of a draft. */
export function DraftField({ label, problem, wide, half, onPoint, children }: Props) {
  const id = useId();
  return (
    <div
      className={`draft-field${wide ? " is-wide" : half ? " is-half" : ""}`}
      onMouseEnter={() => onPoint?.(true, false)}
      onMouseLeave={() => onPoint?.(false, false)}
      onFocus={() => onPoint?.(true, true)}
    >
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {problem && <div className="draft-problem">{problem}</div>}
    </div>
  );
}
