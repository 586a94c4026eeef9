import type { ReactNode } from "react";
import type { Task } from "../api/tasks.ts";
import { TaskName } from "./columns.tsx";
import { DeadlineCell, ProgressBar, TaskStateSign } from "./task-signs.tsx";

type Props = { task: Task; state?: boolean; before?: ReactNode; after?: ReactNode };

/** A task on a few lines: on the board, and in place of the table on a phone. */
export function TaskCard({ task, state = true, before, after }: Props) {
  return (
    <article className="task-card" aria-label={task.title}>
      <header>
        {before}
        <div className="task-card-title">
          <TaskName task={task} />
        </div>
        {after}
      </header>
      <p className="work-facts">{task.lead.name}</p>
      <p className="task-card-signs">
        {state && <TaskStateSign state={task.state} />}
        <DeadlineCell task={task} />
      </p>
      <ProgressBar task={task} />
    </article>
  );
}
