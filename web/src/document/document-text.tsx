import { useQuery } from "@tanstack/react-query";
import { Alert, Skeleton } from "antd";
import { useState } from "react";
import { documents } from "../api/documents.ts";
import { Failure } from "../parts/failure.tsx";
import { useWords } from "../words/words.tsx";

function Text({ id }: { id: string }) {
  const t = useWords();
  const query = useQuery({ queryKey: ["documents", "text", id], queryFn: () => documents.text(id) });
  if (query.isPending) return <Skeleton active />;
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      {query.data.from_picture && <Alert type="warning" showIcon className="stacked" title={t("readingFromPictureHint")} />}
      <div className="letter" tabIndex={0} role="region" aria-label={t("documentText")}>
        {query.data.text}
      </div>
    </>
  );
}

/** The text of its newest file, fetched when it is opened: most come for the fields and tasks. */
export function DocumentText({ id }: { id: string }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  return (
    <details className="document-text" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{t("documentText")}</h2>
      </summary>
      {open && <Text id={id} />}
    </details>
  );
}
