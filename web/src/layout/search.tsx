import { useQuery } from "@tanstack/react-query";
import { Input, Modal, Typography, type InputRef } from "antd";
import { useDeferredValue, useRef, useState, type KeyboardEvent } from "react";
import { api } from "../api/client.ts";
import type { Indicator, UnitRef } from "../api/types.ts";
import { fold } from "../format/fold.ts";
import { useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { useGo } from "./place.ts";
import { screens } from "./screens.tsx";

type Found = { key: string; label: string; hint: string; to: string };

function useFound(q: string): Found[] {
  const t = useWords();
  const session = useSession();
  const long = q.trim().length >= 2;
  const units = useQuery({
    queryKey: ["search", "units", q],
    queryFn: () => api.get<{ units: (UnitRef & { parent_name: string | null })[] }>("/api/units", { q, limit: 8 }),
    enabled: long,
  });
  const indicators = useQuery({
    queryKey: ["search", "indicators", q],
    queryFn: () => api.get<{ indicators: Indicator[] }>("/api/indicators", { q, limit: 8 }),
    enabled: long,
  });
  const places = screens
    .filter((entry) => session.screens.includes(entry.screen) && fold(t(entry.word)).includes(fold(q)))
    .map((entry) => ({ key: entry.path, label: t(entry.word), hint: "", to: entry.path }));
  if (!long) return places;
  return [
    ...places,
    ...(units.data?.units ?? []).map((unit) => ({
      key: unit.id,
      label: unit.name,
      hint: [unit.code, unit.parent_name].filter(Boolean).join(" · "),
      to: `/overview?unit=${unit.id}`,
    })),
    ...(indicators.data?.indicators ?? []).map((indicator) => ({
      key: indicator.id,
      label: `${indicator.code} ${indicator.name}`,
      hint: t("screenIndicators"),
      to: `/indicators/${indicator.id}`,
    })),
  ];
}

export default function Search({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const go = useGo();
  const input = useRef<InputRef>(null);
  const [q, setQ] = useState("");
  const [at, setAt] = useState(0);
  const found = useFound(useDeferredValue(q));
  const open = (item: Found | undefined) => {
    if (!item) return;
    onClose();
    go(item.to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") open(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      title={t("search")}
      afterOpenChange={(opened) => opened && input.current?.focus()}
    >
      <Input
        ref={input}
        value={q}
        placeholder={t("searchHint")}
        aria-label={t("searchHint")}
        role="combobox"
        aria-expanded
        aria-controls="search-found"
        aria-activedescendant={found[at] ? `found-${found[at].key}` : undefined}
        onChange={(event) => {
          setQ(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="search-found" className="search-found" role="listbox" aria-label={t("search")}>
        {found.map((item, index) => (
          <li
            key={item.key}
            id={`found-${item.key}`}
            role="option"
            aria-selected={index === at}
            onClick={() => open(item)}
            onMouseEnter={() => setAt(index)}
          >
            <span>{item.label}</span> <Typography.Text type="secondary">{item.hint}</Typography.Text>
          </li>
        ))}
      </ul>
      {q.trim().length >= 2 && found.length === 0 && (
        <Typography.Text type="secondary">{t("searchNothing", { q })}</Typography.Text>
      )}
    </Modal>
  );
}
