import { useQuery } from "@tanstack/react-query";
import { Skeleton, Typography } from "antd";
import { Fragment } from "react";
import { api } from "../api/client.ts";
import type { Role } from "../api/types.ts";
import { Failure } from "../parts/failure.tsx";
import { roleHints, roleWords } from "../parts/roles.ts";
import { useWords, type Word } from "../words/words.tsx";
import { inGroups, rightWord } from "./right-words.ts";
import "./account.css";

type Relation = "own" | "below" | "above" | "elsewhere";
type RightTable = {
  roles: Role[];
  rights: string[];
  cells: { role: Role; right: string; relations: Relation[] }[];
};

const relations: { relation: Relation; sign: string; word: Word }[] = [
  { relation: "own", sign: "●", word: "relationOwn" },
  { relation: "below", sign: "▼", word: "relationBelow" },
  { relation: "above", sign: "▲", word: "relationAbove" },
  { relation: "elsewhere", sign: "◇", word: "relationElsewhere" },
];

function Signs({ held }: { held: Relation[] }) {
  const t = useWords();
  const shown = relations.filter(({ relation }) => held.includes(relation));
  if (shown.length === 0) return <span className="no-figure">–</span>;
  const words = shown.map(({ word }) => t(word)).join(", ");
  return (
    <span title={words}>
      <span aria-hidden="true">{shown.map(({ sign }) => sign).join(" ")}</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

/** What each role may do, and for which units: the table that the program itself asks. */
export default function Rights() {
  const t = useWords();
  const table = useQuery({ queryKey: ["rights"], queryFn: () => api.get<RightTable>("/api/rights"), staleTime: Infinity });
  if (table.isPending) return <Skeleton active />;
  if (table.isError) return <Failure error={table.error} retry={() => void table.refetch()} />;
  const held = new Map(table.data.cells.map((cell) => [`${cell.role} ${cell.right}`, cell.relations]));
  return (
    <>
      <h1>{t("screenRights")}</h1>
      <Typography.Paragraph type="secondary">{t("rightsIntro")}</Typography.Paragraph>
      <p className="rights-legend">
        {relations.map(({ sign, word }) => (
          <span key={word}>
            <span aria-hidden="true">{sign}</span> {t(word)}
          </span>
        ))}
      </p>
      <div className="scroll-box" tabIndex={0} role="region" aria-label={t("screenRights")}>
        <table className="sheet rights-table">
          <thead>
            <tr>
              <th scope="col">{t("right")}</th>
              {table.data.roles.map((role) => (
                <th key={role} scope="col">
                  {t(roleWords[role])}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {inGroups(table.data.rights).map(({ group, rights }) => (
              <Fragment key={group}>
                <tr className="group-row">
                  <th scope="rowgroup" colSpan={table.data.roles.length + 1}>
                    {t(group)}
                  </th>
                </tr>
                {rights.map((right) => (
                  <tr key={right}>
                    <th scope="row">{rightWord(right, t)}</th>
                    {table.data.roles.map((role) => (
                      <td key={role}>
                        <Signs held={held.get(`${role} ${right}`) ?? []} />
                      </td>
                    ))}
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <h2>{t("accountRoles")}</h2>
      <dl className="role-list">
        {table.data.roles.map((role) => (
          <div key={role}>
            <dt>{t(roleWords[role])}</dt>
            <dd>{t(roleHints[role])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
