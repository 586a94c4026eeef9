import { Button, Result } from "antd";
import { Offline, Problem } from "../api/client.ts";
import { useWords } from "../words/words.tsx";

/** What a screen shows in place of content that did not come. */
export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useWords();
  const title = error instanceof Problem ? error.message : error instanceof Offline ? t("offlineShort") : t("failed");
  return (
    <Result
      status={error instanceof Problem && error.status === 404 ? "404" : "warning"}
      title={title}
      extra={retry && <Button onClick={retry}>{t("retry")}</Button>}
    />
  );
}
