import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { api } from "../api/client.ts";
import { newKey } from "../api/key.ts";
import type { UnitRef } from "../api/types.ts";
import { formatDate, formatTime } from "../format/format.ts";
import { DayPicker } from "../parts/day-picker.tsx";
import { Failure } from "../parts/failure.tsx";
import { FormDialog } from "../parts/form-dialog.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { OnceSecret } from "../parts/reason-dialog.tsx";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";
import { inGroups, rightWord } from "./right-words.ts";

type Token = {
  id: string;
  name: string;
  rights: string[];
  unit: UnitRef;
  created_at: string;
  expires_on: string;
  used_at: string | null;
};

type Fields = { name: string; rights: string[]; unit_id: string; expires_on: string };

type RightChoiceProps = { rights: string[]; id?: string; value?: string[]; onChange?: (rights: string[]) => void };

/** Rights to tick, in their groups; the props beside `rights` come from the form's item. */
function RightChoice({ rights, id, value, onChange }: RightChoiceProps) {
  const t = useWords();
  return (
    <div id={id}>
      <Checkbox.Group value={value} onChange={onChange} className="right-groups">
        {inGroups(rights).map(({ group, rights: members }) => (
          <fieldset key={group}>
            <legend>{t(group)}</legend>
            {members.map((right) => (
              <Checkbox key={right} value={right}>
                {rightWord(right, t)}
              </Checkbox>
            ))}
          </fieldset>
        ))}
      </Checkbox.Group>
    </div>
  );
}

function TokenForm({ onMade, onClose }: { onMade: (secret: string) => void; onClose: () => void }) {
  const t = useWords();
  const session = useSession();
  const root = homeUnit(session);
  const [key] = useState(newKey);
  const required = [{ required: true, message: t("required") }];
  return (
    <FormDialog
      title={t("tokenAdd")}
      okText={t("tokenMake")}
      initialValues={{ unit_id: root.id, rights: [] }}
      onSave={(fields: Fields) => api.post<Token & { token: string }>("/api/me/tokens", fields, { idempotencyKey: key })}
      refresh={["me", "tokens"]}
      onSaved={(made) => onMade(made.token)}
      onClose={onClose}
    >
      <Form.Item name="name" label={t("tokenName")} extra={t("tokenNameHint")} rules={required}>
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <Form.Item name="rights" label={t("tokenRights")} rules={required}>
        <RightChoice rights={session.rights.filter((right) => right !== "self")} />
      </Form.Item>
      <Form.Item name="unit_id" label={t("grantUnit")} rules={required}>
        <UnitPicker root={root} />
      </Form.Item>
      <Form.Item name="expires_on" label={t("tokenExpires")} extra={t("tokenExpiresHint")} rules={required}>
        <DayPicker />
      </Form.Item>
    </FormDialog>
  );
}

/** Tokens with which programs work in the person's name. */
export function ProfileTokens() {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { modal } = App.useApp();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const tokens = useQuery({
    queryKey: ["me", "tokens"],
    queryFn: () => api.get<{ tokens: Token[] }>("/api/me/tokens").then((answer) => answer.tokens),
  });
  if (tokens.isError) return <Failure error={tokens.error} retry={() => void tokens.refetch()} />;
  const revoke = (token: Token) =>
    void modal.confirm({
      title: t("tokenRevokeTitle", { name: token.name }),
      content: t("tokenRevokeExplain"),
      okText: t("tokenRevoke"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: async () => {
        try {
          await api.delete(`/api/me/tokens/${token.id}`);
          await client.invalidateQueries({ queryKey: ["me", "tokens"] });
        } catch (error) {
          show(error);
        }
      },
    });
  return (
    <>
      <p>{t("tokensIntro")}</p>
      <ListTable<Token>
        label={t("profileTokens")}
        rows={tokens.data}
        rowKey={(token) => token.id}
        empty={t("tokensNone")}
        columns={[
          {
            title: t("tokenName"),
            head: true,
            cell: (token) => (
              <>
                {token.name}
                <span className="second-line">{token.unit.name}</span>
              </>
            ),
          },
          { title: t("tokenRights"), cell: (token) => token.rights.map((right) => rightWord(right, t)).join(", ") },
          { title: t("tokenExpires"), cell: (token) => formatDate(token.expires_on) },
          { title: t("tokenUsed"), cell: (token) => (token.used_at ? formatTime(token.used_at) : t("tokenUnused")) },
          {
            title: t("acts"),
            acts: true,
            cell: (token) => (
              <Button size="small" danger type="text" onClick={() => revoke(token)}>
                {t("tokenRevoke")}
              </Button>
            ),
          },
        ]}
      />
      <Button className="more-button" onClick={() => setAdding(true)}>
        {t("tokenAdd")}
      </Button>
      {adding && (
        <TokenForm
          onClose={() => setAdding(false)}
          onMade={(made) => {
            setAdding(false);
            setSecret(made);
          }}
        />
      )}
      {secret && (
        <OnceSecret
          title={t("tokenMade")}
          explain={t("tokenMadeExplain")}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
    </>
  );
}
