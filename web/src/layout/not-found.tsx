import { Button, Result } from "antd";
import { useWords } from "../words/words.tsx";
import { useGo } from "./place.ts";

export default function NotFound() {
  const t = useWords();
  const go = useGo();
  return (
    <Result
      status="404"
      title={t("notFoundTitle")}
      subTitle={t("notFoundHint")}
      extra={<Button onClick={() => go("/")}>{t("goHome")}</Button>}
    />
  );
}
