import type { TaskComment, TaskDetail } from "../api/tasks.ts";
import type { Person } from "../api/types.ts";

/** Everybody who reported, asked, decided, explained, filed or said something, once each. */
export function peopleOf(task: Pick<TaskDetail, "reports" | "requests" | "explanations" | "files">, comments: TaskComment[]): Person[] {
  const all = [
    ...task.reports.map((report) => report.reported_by),
    ...task.requests.flatMap((request) => [request.asked_by, request.decided_by]),
    ...task.explanations.map((one) => one.given_by),
    ...task.files.map((file) => file.added_by),
    ...comments.map((comment) => comment.by),
  ];
  const people = new Map<string, Person>();
  for (const person of all) if (person) people.set(person.id, person);
  return [...people.values()];
}

/** Those of the people chosen whose names still stand in the text, behind an @. */
export function mentionsIn(text: string, picked: Person[]): string[] {
  const ids = picked.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);
  return [...new Set(ids)];
}
