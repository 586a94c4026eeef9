import { Table } from "antd";
import { useWords } from "../words/words.tsx";
import { differences, type Difference } from "./difference-rules.ts";

/** Two states of a thing side by side, one line for each member that differs. */
export function DifferenceTable({ before, after }: { before: unknown; after: unknown }) {
  const t = useWords();
  const rows = differences(before, after);
  return (
    <Table<Difference>
      size="small"
      rowKey="path"
      pagination={false}
      dataSource={rows}
      locale={{ emptyText: t("differenceNone") }}
      scroll={{ x: "max-content" }}
      columns={[
        { title: t("differenceWhat"), dataIndex: "path", render: (path: string) => <code>{path}</code> },
        {
          title: t("differenceBefore"),
          dataIndex: "before",
          render: (text: string | null) => (text === null ? "–" : <del className="difference-before">{text}</del>),
        },
        {
          title: t("differenceAfter"),
          dataIndex: "after",
          render: (text: string | null) => (text === null ? "–" : <ins className="difference-after">{text}</ins>),
        },
      ]}
    />
  );
}
