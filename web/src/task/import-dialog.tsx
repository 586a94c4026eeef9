import { UploadOutlined } from "@ant-design/icons";
import { Alert, App, Button, Checkbox, Drawer, Progress, Select, Space } from "antd";
import { useRef, useState, type ChangeEvent } from "react";
import { Problem } from "../api/client.ts";
import { taskImports, type ImportPreview, type ImportRow, type ImportUnits } from "../api/tasks.ts";
import { useShowProblem } from "../parts/problem-form.ts";
import { State } from "../parts/state.tsx";
import { useWords } from "../words/words.tsx";
import { useGivingUnits } from "./task-form.tsx";
import { useTaskAct } from "./use-tasks.ts";

/** A unit as it was found, or the words that name none for certain. */
function Matched({ side }: { side: ImportUnits }) {
  const t = useWords();
  if (side.unit) return <>{side.unit.name}</>;
  if (side.units > 0) return <>{t("taskImportUnits", { text: side.text, n: side.units })}</>;
  return side.text ? <State tone="soon" wrap>{t("taskImportUnmatched", { text: side.text })}</State> : null;
}

function Row({ row }: { row: ImportRow }) {
  return (
    <tr className={row.errors.length > 0 ? "task-import-wrong" : undefined}>
      <td className="number">{row.line}</td>
      <td className="wide">
        {row.content}
        {row.errors.map((error, i) => (
          <div key={i}>
            <State tone="late" wrap>
              {error.title}
            </State>
          </div>
        ))}
      </td>
      <td>
        <Matched side={row.lead} />
      </td>
      <td>
        {row.cooperating.map((side, i) => (
          <div key={i}>
            <Matched side={side} />
          </div>
        ))}
      </td>
      <td>{row.product}</td>
      <td>{row.deadline?.wording}</td>
    </tr>
  );
}

function Preview({ preview }: { preview: ImportPreview }) {
  const t = useWords();
  const [onlyWrong, setOnlyWrong] = useState(false);
  const wrong = preview.rows.filter((row) => row.errors.length > 0);
  const rows = onlyWrong ? wrong : preview.rows;
  return (
    <>
      <Alert
        className="stacked"
        showIcon
        type={wrong.length > 0 ? "warning" : "success"}
        title={wrong.length > 0 ? t("taskImportErrors", { n: wrong.length }) : t("taskImportFine", { n: preview.rows.length })}
      />
      {wrong.length > 0 && (
        <Checkbox className="stacked" checked={onlyWrong} onChange={(event) => setOnlyWrong(event.target.checked)}>
          {t("taskImportOnlyErrors")}
        </Checkbox>
      )}
      <div className="scroll-box task-import" tabIndex={0} role="region" aria-label={t("taskImportTitle")}>
        <table className="sheet">
          <thead>
            <tr>
              <th scope="col" className="number">
                {t("taskImportLine")}
              </th>
              <th scope="col">{t("taskContent")}</th>
              <th scope="col">{t("taskLead")}</th>
              <th scope="col">{t("taskCooperating")}</th>
              <th scope="col">{t("taskProduct")}</th>
              <th scope="col">{t("taskDeadline")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.line} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Tasks from an Excel sheet: read, shown row by row with what is wrong, and only then given. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const show = useShowProblem();
  const { message } = App.useApp();
  const { refresh } = useTaskAct();
  const input = useRef<HTMLInputElement>(null);
  const units = useGivingUnits();
  const [unit, setUnit] = useState(units[0]?.id ?? "");
  const [share, setShare] = useState<number | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const fine = preview && preview.errors === 0 ? preview.rows.length : 0;
  const read = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    setShare(0);
    setPreview(null);
    setRefused(null);
    try {
      setPreview(await taskImports.read(unit, file, setShare));
    } catch (error) {
      if (error instanceof Problem) setRefused(`${file.name}: ${error.message}`);
      else show(error);
    } finally {
      setShare(null);
    }
  };
  const accept = async () => {
    if (!preview) return;
    setBusy(true);
    try {
      const { tasks } = await taskImports.accept(preview.id);
      void message.success(t("taskImportDone", { n: tasks.length }));
      await refresh();
      onClose();
    } catch (error) {
      show(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Drawer
      open
      size={960}
      title={t("taskImportTitle")}
      onClose={onClose}
      footer={
        <Space>
          <Button type="primary" loading={busy} disabled={fine === 0} onClick={() => void accept()}>
            {t("taskImportAccept", { n: fine })}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </Space>
      }
    >
      <p>{t("taskImportExplain")}</p>
      <Space wrap className="stacked">
        {units.length > 1 && (
          <Select aria-label={t("taskAssigner")} value={unit} onChange={setUnit} options={units.map((one) => ({ value: one.id, label: one.name }))} />
        )}
        <input ref={input} type="file" hidden aria-label={t("taskImportPick")} accept=".xlsx" onChange={(event) => void read(event)} />
        <Button icon={<UploadOutlined />} disabled={share !== null} onClick={() => input.current?.click()}>
          {t(preview ? "taskImportAgain" : "taskImportPick")}
        </Button>
        {share !== null && <Progress percent={Math.round(share * 100)} size="small" style={{ width: 160 }} aria-label={t("taskImportPick")} />}
        {preview && <span>{preview.name}</span>}
      </Space>
      {refused && <Alert type="error" showIcon title={refused} />}
      {preview && <Preview preview={preview} />}
    </Drawer>
  );
}
