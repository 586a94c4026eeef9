import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import type { UnitRef } from "../api/types.ts";
import { useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";

type Props = { unit: UnitRef; onGo: (unit: UnitRef) => void };

/** The units above this one as far as the person may look, each a way up. */
export function UnitTrail({ unit, onGo }: Props) {
  const t = useWords();
  const session = useSession();
  const query = useQuery({
    queryKey: ["unit", unit.id],
    queryFn: () => api.get<{ ancestors: UnitRef[] }>(`/api/units/${unit.id}`),
    staleTime: 300_000,
  });
  const above = (query.data?.ancestors ?? []).filter(
    (one) => one.id !== unit.id && session.grants.some((grant) => one.path.startsWith(grant.unit.path)),
  );
  return (
    <nav className="unit-trail" aria-label={t("unitTrail")}>
      {above.map((one) => (
        <span key={one.id}>
          <button type="button" className="link-button" onClick={() => onGo(one)}>
            {one.name}
          </button>
          <span aria-hidden="true"> › </span>
        </span>
      ))}
      <span aria-current="page">{unit.name}</span>
    </nav>
  );
}
