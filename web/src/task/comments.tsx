import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Button, Mentions, Skeleton } from "antd";
import { useDeferredValue, useState } from "react";
import { accounts } from "../api/accounts.ts";
import { newKey } from "../api/key.ts";
import { tasks, type TaskComment, type TaskDetail } from "../api/tasks.ts";
import type { Person } from "../api/types.ts";
import { formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { useMay } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { mentionsIn, peopleOf } from "./mention-rules.ts";
import { tasksKey, useTaskAct } from "./use-tasks.ts";

/** The people one can mention: those who have had to do with the task, and whom the account list finds. */
function usePeople(task: TaskDetail, comments: TaskComment[], q: string): Person[] {
  const may = useMay("account.read");
  const wanted = useDeferredValue(q.trim());
  const found = useQuery({
    queryKey: ["accounts", "pick", wanted],
    queryFn: () => accounts.page({ q: wanted || undefined, limit: 20 }),
    enabled: may && wanted.length > 0,
  });
  const known = peopleOf(task, comments);
  const more = (found.data?.accounts ?? []).map(({ id, full_name }) => ({ id, name: full_name }));
  return [...known, ...more.filter((one) => !known.some(({ id }) => id === one.id))];
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
  const [q, setQ] = useState("");
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
  const people = usePeople(task, list, q);
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
            filterOption={(typed, option) => String(option.value ?? "").toLowerCase().includes(typed.toLowerCase())}
            options={people.map(({ id, name }) => ({ key: id, value: name, label: name }))}
            onSearch={setQ}
            onChange={setText}
            onSelect={(option) => {
              const person = people.find(({ name }) => name === option.value);
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
