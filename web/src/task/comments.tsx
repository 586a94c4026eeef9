import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Mentions, Skeleton } from "antd";
import { useDeferredValue, useState } from "react";
import { newKey } from "../api/key.ts";
import { tasks, type TaskComment, type TaskDetail, type TaskReader } from "../api/tasks.ts";
import type { Person } from "../api/types.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";
import { mentionsIn } from "./mention-rules.ts";
import { tasksKey, useTaskAct } from "./use-tasks.ts";

/** The people one can mention, by what was typed behind the @: whoever may read the task. */
function useReaders(task: string, q: string | null): { people: TaskReader[]; busy: boolean } {
  const wanted = useDeferredValue(q?.trim() ?? null);
  const found = useQuery({
    queryKey: ["task-readers", task, wanted],
    queryFn: () => tasks.readers(task, wanted ?? ""),
    enabled: wanted !== null,
    placeholderData: (old) => old,
  });
  return { people: found.data?.items ?? [], busy: found.isFetching };
}

function Said({ comment }: { comment: TaskComment }) {
  return (
    <li>
      <strong>{comment.by?.name}</strong> <span className="work-facts">{formatTime(comment.at)}</span>
      <p className="task-said">{comment.text}</p>
    </li>
  );
}

export function Comments({ task }: { task: TaskDetail }) {
  const t = useWords();
  const [text, setText] = useState("");
  const [q, setQ] = useState<string | null>(null);
  const [picked, setPicked] = useState<Person[]>([]);
  const [key, setKey] = useState(newKey);
  const { tryAct, busy } = useTaskAct();
  const pages = useInfiniteQuery({
    queryKey: [...tasksKey, "comments", task.id],
    queryFn: ({ pageParam }) => tasks.comments(task.id, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const list = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const { people, busy: looking } = useReaders(task.id, q);
  const send = async () => {
    const done = await tryAct(() => tasks.comment(task.id, text.trim(), mentionsIn(text, picked), key), t("saved"));
    if (!done) return;
    setText("");
    setPicked([]);
    setKey(newKey());
  };
  return (
    <section aria-labelledby="task-comments">
      <h2 id="task-comments">{t("taskComments")}</h2>
      {task.may.comment && (
        <div className="task-comment-form no-print">
          <Mentions
            aria-label={t("taskComment")}
            placeholder={t("taskCommentHint")}
            value={text}
            maxLength={4000}
            autoSize={{ minRows: 2, maxRows: 8 }}
            filterOption={false}
            loading={looking}
            notFoundContent={t("taskMentionNone")}
            options={people.map(({ id, name, position, unit }) => ({
              key: id,
              id,
              value: name,
              label: (
                <>
                  {name}
                  <span className="second-line">{[position, unit.name].filter(Boolean).join(" · ")}</span>
                </>
              ),
            }))}
            onSearch={setQ}
            onChange={setText}
            onSelect={(option) => {
              const chosen = (option as { id?: string }).id; // its key is made unique by the list
              const person = people.find(({ id }) => id === chosen);
              if (person) setPicked((all) => [...all, person]);
            }}
          />
          <Button loading={busy} disabled={text.trim() === ""} onClick={() => void send()}>
            {t("taskCommentSend")}
          </Button>
        </div>
      )}
      {pages.isPending && <Skeleton active title={false} />}
      {pages.isError && <Failure error={pages.error} retry={() => void pages.refetch()} />}
      {pages.isSuccess && list.length === 0 && <p className="work-facts">{t("taskCommentsNone")}</p>}
      <ul className="plain-list task-log">
        {list.map((comment) => (
          <Said key={comment.id} comment={comment} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </section>
  );
}
