import { useWords } from "../words/words.tsx";
import { ListTable } from "./list-table.tsx";
import { differences, type Difference } from "./difference-rules.ts";

/** Two states of a thing side by side, one line for each member that differs. */
export function DifferenceTable({ before, after }: { before: unknown; after: unknown }) {
  const t = useWords();
  const rows = differences(before, after);
  return (
    <ListTable<Difference>
      label={t("differenceWhat")}
      rows={rows}
      rowKey={(row) => row.path}
      empty={t("differenceNone")}
      columns={[
        { title: t("differenceWhat"), head: true, cell: (row) => <code>{row.path}</code> },
        {
          title: t("differenceBefore"),
          cell: ({ before }) => (before === null ? "–" : <del className="difference-before">{before}</del>),
        },
        {
          title: t("differenceAfter"),
          cell: ({ after }) => (after === null ? "–" : <ins className="difference-after">{after}</ins>),
        },
      ]}
    />
  );
}
