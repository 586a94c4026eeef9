import { PrinterOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Empty, Skeleton } from "antd";
import { Link } from "wouter";
import { documents, type RegisterRow } from "../api/documents.ts";
import { formatDate, formatPeriod, parts } from "../format/format.ts";
import { midSentence } from "../format/periods.ts";
import { usePlace } from "../layout/place.ts";
import { Failure } from "../parts/failure.tsx";
import { PeriodSelect } from "../parts/period-select.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { serverNow } from "../session/clock.ts";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";

/** The columns of the incoming register in annex IV of Nghị định 30/2020/NĐ-CP, in its order. */
function Sheet({ rows }: { rows: RegisterRow[] }) {
  const t = useWords();
  const heads = [
    t("registerArrivedOn"),
    t("registerArrivalNumber"),
    t("registerIssuer"),
    t("registerNumber"),
    t("registerDate"),
    t("registerSummary"),
    t("registerReceiver"),
    t("registerPassedOn"),
    t("registerSignature"),
    t("registerNote"),
  ];
  return (
    <div className="scroll-box register-box" tabIndex={0} role="region" aria-label={t("documentRegisterTab")}>
      <table className="sheet register-sheet">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
          <tr className="register-places" aria-hidden="true">
            {heads.map((head, nth) => (
              <td key={head}>({nth + 1})</td>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.document_id}>
              <td>{formatDate(row.arrived_on)}</td>
              <td className="number">{row.arrival_number ?? ""}</td>
              <td>{row.issuer}</td>
              <th scope="row">
                <Link href={`/documents/${row.document_id}`}>{row.number || t("documentUnnumbered")}</Link>
              </th>
              <td>{formatDate(row.date)}</td>
              <td className="register-summary">{row.summary}</td>
              <td>{row.receiver}</td>
              <td>{formatDate(row.passed_on)}</td>
              <td>{row.signature}</td>
              <td>{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Sổ đăng ký văn bản đến of one unit and month, as it is printed on A4 across. */
export default function Register() {
  const t = useWords();
  const session = useSession();
  const [place, setPlace] = usePlace();
  const home = homeUnit(session);
  const unit = place.get("unit") ?? home.id;
  const now = parts(new Date(serverNow()).toISOString());
  const month = place.get("month") ?? `${now.year}-${String(now.month).padStart(2, "0")}`;
  const [year = 0, nth = 0] = month.split("-").map(Number);
  const query = useQuery({
    queryKey: ["documents", "register", unit, month],
    queryFn: () => documents.register({ unit_id: unit, year, month: nth }),
  });
  return (
    <section className="register">
      <div className="document-sides no-print">
        <PeriodSelect frequency="month" label={t("registerMonth")} value={month} onChange={(chosen) => setPlace({ month: chosen })} />
        <span className="head-picker">
          <UnitPicker root={home} label={t("documentUnit")} value={unit} onChange={(id) => setPlace({ unit: id === home.id ? null : id })} />
        </span>
        {(query.data?.rows.length ?? 0) > 0 && (
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t("print")}
          </Button>
        )}
      </div>
      <div className="register-title print-only">
        <span>{query.data?.unit.name}</span>
        <strong>{t("registerTitle")}</strong>
        <span>{formatPeriod(month, t)}</span>
      </div>
      {query.isPending && <Skeleton active paragraph={{ rows: 8 }} />}
      {query.isError && <Failure error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && query.data.rows.length === 0 && (
        <Empty description={t("registerNone", { month: midSentence(formatPeriod(month, t)) })} />
      )}
      {query.isSuccess && query.data.rows.length > 0 && <Sheet rows={query.data.rows} />}
    </section>
  );
}
