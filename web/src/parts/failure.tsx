import { WarningFilled } from "@ant-design/icons";
import { Button } from "antd";
import { Offline, Problem } from "../api/client.ts";
import { useWords } from "../words/words.tsx";
import "./failure.css";

/** What a screen shows in place of content that did not come. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useWords();
  const title = error instanceof Problem ? error.message : error instanceof Offline ? t("offlineShort") : t("failed");
  return (
    <div className="failure" role="alert">
      <WarningFilled className="tone-soon" aria-hidden="true" />
      <p>{title}</p>
      {retry && <Button onClick={retry}>{t("retry")}</Button>}
    </div>
  );
}
