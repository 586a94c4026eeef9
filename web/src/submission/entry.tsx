import { useRoute } from "wouter";
import { EntryForm } from "./entry-form.tsx";
import { EntryList } from "./entry-list.tsx";

/** Nhập liệu: the forms that wait for me, and the grid of one of them. */
export default function Entry() {
  const [open, params] = useRoute("/entry/:id");
  return open ? <EntryForm id={params.id} /> : <EntryList />;
}
