import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useDeferredValue, useState } from "react";
import { accounts } from "../api/accounts.ts";
import { useWords } from "../words/words.tsx";

type Props = { value: string | null; onChange: (id: string | null) => void; placeholder?: string };

/** Chooses a person by part of a name, with or without tone marks. */
export function AccountPicker({ value, onChange, placeholder }: Props) {
  const t = useWords();
  const [q, setQ] = useState("");
  const wanted = useDeferredValue(q.trim());
  const found = useQuery({
    queryKey: ["accounts", "pick", wanted],
    queryFn: () => accounts.page({ q: wanted || undefined, limit: 20 }),
  });
  const list = found.data?.accounts ?? [];
  const chosen = useQuery({
    queryKey: ["accounts", "one", value],
    queryFn: () => accounts.one(value ?? ""),
    enabled: value !== null && found.isSuccess && !list.some((account) => account.id === value),
  });
  const all = chosen.data && value ? [chosen.data, ...list.filter((account) => account.id !== value)] : list;
  return (
    <Select
      allowClear
      aria-label={placeholder ?? t("account")}
      placeholder={placeholder}
      value={value ?? undefined}
      showSearch={{ searchValue: q, onSearch: setQ, filterOption: false }}
      loading={found.isFetching}
      notFoundContent={wanted && !found.isFetching ? t("searchNothing", { q: wanted }) : null}
      options={all.map((account) => ({ value: account.id, label: `${account.full_name} · ${account.username}` }))}
      onChange={(id?: string) => {
        setQ("");
        onChange(id ?? null);
      }}
    />
  );
}
