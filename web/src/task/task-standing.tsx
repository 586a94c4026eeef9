import { Link } from "wouter";
import { useWords } from "../words/words.tsx";
import { FigureSum } from "./figures-view.tsx";
import { useTaskFigures } from "./use-figures.ts";
import "./task.css";

/** How a level's tasks stand, on its overview; nothing where none was given. */
export default function TaskStanding({ unit }: { unit: string }) {
  const t = useWords();
  const figures = useTaskFigures({ unit_id: unit, by: "unit" });
  if (!figures.data || figures.data.sum.total === 0) return null;
  return (
    <section aria-labelledby="task-standing">
      <h2 id="task-standing">
        <Link href={`/tasks?view=figures&unit=${unit}`}>{t("taskFiguresLink")}</Link>
      </h2>
      <FigureSum sum={figures.data.sum} />
    </section>
  );
}
