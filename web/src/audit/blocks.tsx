import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Typography } from "antd";
import { useState } from "react";
import { log, type Block, type Verified } from "../api/events.ts";
import { formatCount, formatTime } from "../format/format.ts";
import { Failure } from "../parts/failure.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { useLanguage, useWords } from "../words/words.tsx";

function Result({ result }: { result: Verified }) {
  const t = useWords();
  const language = useLanguage();
  const counts = {
    events: formatCount(result.events, language),
    blocks: formatCount(result.blocks, language),
    unsealed: formatCount(result.unsealed, language),
  };
  return (
    <Alert
      className="stacked"
      showIcon
      role="status"
      type={result.ok ? "success" : "error"}
      title={t(result.ok ? "verifyGood" : "verifyBad", { n: result.problems.length })}
      description={
        <>
          <p>{t("verifyCounts", counts)}</p>
          {result.last_hash && (
            <p className="hash">
              {t("verifyHash")} <code>{result.last_hash}</code>
            </p>
          )}
          {result.problems.length > 0 && (
            <ul>
              {result.problems.map((problem, index) => (
                <li key={index}>
                  {problem.title} <code>{problem.field}</code>
                </li>
              ))}
            </ul>
          )}
        </>
      }
    />
  );
}

/** The block's hash in short, and on demand all that it is made of. */
function Seal({ block }: { block: Block }) {
  const t = useWords();
  return (
    <details>
      <summary>
        <code>{block.hash.slice(0, 16)}…</code>
      </summary>
      <dl className="hash">
        <dt>{t("blockHash")}</dt>
        <dd>{block.hash}</dd>
        <dt>{t("blockRoot")}</dt>
        <dd>{block.root}</dd>
        <dt>{t("blockPrevious")}</dt>
        <dd>{block.previous}</dd>
        <dt>{t("blockSignature")}</dt>
        <dd>{block.signature}</dd>
      </dl>
    </details>
  );
}

/** The seals of the log, newest first, and the check of them all. */
export function Blocks() {
  const t = useWords();
  const language = useLanguage();
  const client = useQueryClient();
  const show = useShowProblem();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Verified | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ["audit", "blocks"],
    queryFn: ({ pageParam }) => log.blocks(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (pages.isError) return <Failure error={pages.error} retry={() => void pages.refetch()} />;
  const verify = async () => {
    setBusy(true);
    try {
      setResult(await log.verify());
      await client.invalidateQueries({ queryKey: ["audit"] });
    } catch (error) {
      show(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Typography.Paragraph type="secondary">{t("blocksIntro")}</Typography.Paragraph>
      <Button className="stacked no-print" type="primary" loading={busy} onClick={() => void verify()}>
        {t("verify")}
      </Button>
      {result && <Result result={result} />}
      <ListTable<Block>
        label={t("blocksTab")}
        rows={pages.data?.pages.flatMap((page) => page.blocks)}
        rowKey={(block) => block.no}
        empty={t("blocksNone")}
        columns={[
          { title: t("blockNo"), head: true, number: true, cell: (block) => block.no },
          { title: t("blockSealed"), cell: (block) => formatTime(block.sealed_at) },
          { title: t("blockEvents"), number: true, cell: (block) => formatCount(block.events, language) },
          { title: t("blockRange"), cell: (block) => `${block.first_id} – ${block.last_id}` },
          { title: t("blockHash"), cell: (block) => <Seal block={block} /> },
          { title: t("blockKey"), cell: (block) => <code>{block.key.slice(0, 12)}</code> },
        ]}
      />
      {pages.hasNextPage && (
        <Button className="more-button" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}
