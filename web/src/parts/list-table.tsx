import { Empty, Skeleton } from "antd";
import type { ReactNode } from "react";
import "./list-table.css";

export type Column<Row> = {
  title: string;
  cell: (row: Row) => ReactNode;
  /** The cell that names its row. */
  head?: boolean;
  number?: boolean;
  /** Buttons: the title is for those who hear it, and paper has none of it. */
  acts?: boolean;
  className?: string;
};

type Group<Row> = { title: ReactNode; rows: Row[] };

type Props<Row> = {
  label: string;
  columns: Column<Row>[];
  /** Undefined while they are on their way. */
  rows: Row[] | undefined;
  rowKey: (row: Row) => string | number;
  /** Puts the rows under headings. */
  groups?: (rows: Row[]) => Group<Row>[];
  empty?: ReactNode;
};

function classes(column: Column<never>): string | undefined {
  return [column.className, column.number && "number", column.acts && "list-acts no-print"].filter(Boolean).join(" ") || undefined;
}

function Line<Row>({ row, columns }: { row: Row; columns: Column<Row>[] }) {
  return (
    <tr role="row">
      {columns.map((column) =>
        column.head ? (
          <th key={column.title} role="rowheader" scope="row" className={classes(column)}>
            {column.cell(row)}
          </th>
        ) : (
          <td key={column.title} role="cell" className={classes(column)} data-label={column.acts ? undefined : column.title}>
            <div>{column.cell(row)}</div>
          </td>
        ),
      )}
    </tr>
  );
}

function Lines<Row>({ group, columns, rowKey }: { group: Group<Row> } & Pick<Props<Row>, "columns" | "rowKey">) {
  return (
    <tbody role="rowgroup">
      {group.title && (
        <tr role="row" className="group-row">
          <th role="rowheader" scope="rowgroup" colSpan={columns.length}>
            {group.title}
          </th>
        </tr>
      )}
      {group.rows.map((row) => (
        <Line key={rowKey(row)} row={row} columns={columns} />
      ))}
    </tbody>
  );
}

/**
 * A list as a table; on a phone each row is a card that says the titles beside its values. The roles are spoken out
 * because browsers forget that a table is one when its rows are laid out otherwise.
 */
export function ListTable<Row>({ label, columns, rows, rowKey, groups, empty }: Props<Row>) {
  if (!rows) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (rows.length === 0) {
    return typeof empty === "string" ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} /> : empty;
  }
  const grouped = groups ? groups(rows) : [{ title: null, rows }];
  return (
    <div className="scroll-box list-box" tabIndex={0} role="region" aria-label={label}>
      <table role="table" className="sheet list-table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.title} role="columnheader" scope="col" className={classes(column)}>
                {column.acts ? <span className="visually-hidden">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        {grouped.map((group, index) => (
          <Lines key={index} group={group} columns={columns} rowKey={rowKey} />
        ))}
      </table>
    </div>
  );
}
