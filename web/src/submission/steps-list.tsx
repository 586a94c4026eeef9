import { formatTime } from "../format/format.ts";
import { useWords, type Word } from "../words/words.tsx";
import type { Step } from "./types.ts";

const words: Record<Step["step"], Word> = {
  submitted: "stepSubmitted",
  recalled: "stepRecalled",
  approved: "stepApproved",
  returned: "stepReturned",
  received: "stepReceived",
  reopened: "stepReopened",
};

/** The way of a submission so far: who did what and when. */
export function StepsList({ steps }: { steps: Step[] }) {
  const t = useWords();
  if (steps.length === 0) return null;
  return (
    <section>
      <h2>{t("stepsTitle")}</h2>
      <ol className="steps-list">
        {steps.map((step) => (
          <li key={`${step.at} ${step.step}`}>
            <time dateTime={step.at}>{formatTime(step.at)}</time> <strong>{t(words[step.step])}</strong> {t("versionNo", { n: step.version })}
            {step.by && <> · {step.by.name}</>}
            {step.reason && <> · {step.reason}</>}
          </li>
        ))}
      </ol>
    </section>
  );
}
