import { useQuery } from "@tanstack/react-query";
import { documents, type Secrecy } from "../api/documents.ts";

/** The level this instance may hold; the lowest until it is known. */
export function useApprovedSecrecy(): Secrecy {
  const query = useQuery({ queryKey: ["document-settings"], queryFn: documents.settings, staleTime: 300_000 });
  return query.data?.secrecy_max ?? "normal";
}
