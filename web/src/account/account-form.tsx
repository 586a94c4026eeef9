import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { accounts, type AccountDetail, type AccountForm } from "../api/accounts.ts";
import { newKey } from "../api/key.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { OnceSecret } from "../parts/reason-dialog.tsx";
import { roles, roleWords } from "../parts/roles.ts";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useMay, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";

type Answer = AccountDetail & { initial_password?: string | null };
type Fields = AccountForm & { leader_category: number };

/** What is sent: on a change an empty text takes the value away, hidden numbers left empty stay. */
function toChange(fields: Fields): Partial<AccountForm> {
  return {
    full_name: fields.full_name,
    position: fields.position ?? "",
    email: fields.email ?? "",
    unit_id: fields.unit_id,
    leader_category: fields.leader_category,
    ...(fields.mobile ? { mobile: fields.mobile } : {}),
    ...(fields.citizen_number ? { citizen_number: fields.citizen_number } : {}),
  };
}

function toCreate(fields: Fields): AccountForm {
  const filled = Object.entries(fields).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return Object.fromEntries(filled) as AccountForm;
}

function GrantRows() {
  const t = useWords();
  const root = homeUnit(useSession());
  const required = [{ required: true, message: t("required") }];
  return (
    <Form.List name="grants">
      {(rows, { add, remove }) => (
        <fieldset className="form-rows">
          <legend>{t("grants")}</legend>
          {rows.map((row) => (
            <div key={row.key} className="form-row">
              <Form.Item name={[row.name, "role"]} rules={required} style={{ flex: "1 1 150px" }}>
                <Select
                  placeholder={t("role")}
                  aria-label={t("role")}
                  options={roles.map((value) => ({ value, label: t(roleWords[value]) }))}
                />
              </Form.Item>
              <Form.Item name={[row.name, "unit_id"]} rules={required} style={{ flex: "2 1 220px" }}>
                <UnitPicker root={root} label={t("grantUnit")} />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t("grantTakeOut")}
                onClick={() => remove(row.name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined />} onClick={() => add({})}>
            {t("grantAdd")}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function FormFields({ account }: { account?: AccountDetail }) {
  const t = useWords();
  const root = homeUnit(useSession());
  const categories = useQuery({
    queryKey: ["leader-categories"],
    queryFn: accounts.leaderCategories,
    staleTime: Infinity,
  });
  const required = [{ required: true, message: t("required") }];
  const kept = (tail: string | null | undefined) => (tail ? t("personalKept", { tail }) : undefined);
  return (
    <>
      {!account && (
        <Form.Item name="username" label={t("username")} extra={t("usernameHint")} rules={required}>
          <Input autoFocus autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
      )}
      <Form.Item name="full_name" label={t("fullName")} rules={required}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="unit_id" label={t("accountUnit")} rules={required}>
        <UnitPicker root={root} />
      </Form.Item>
      <Form.Item name="position" label={t("position")}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="leader_category" label={t("leaderCategory")}>
        <Select
          loading={categories.isPending}
          options={[
            { value: 0, label: t("leaderCategoryNone") },
            ...(categories.data ?? []).map(({ no, name }) => ({ value: no, label: `${no}. ${name}` })),
          ]}
        />
      </Form.Item>
      <Form.Item name="email" label={t("email")}>
        <Input type="email" autoComplete="off" />
      </Form.Item>
      <Form.Item name="mobile" label={t("mobile")} extra={kept(account?.mobile_tail)}>
        <Input inputMode="tel" autoComplete="off" />
      </Form.Item>
      <Form.Item name="citizen_number" label={t("citizenNumber")} extra={kept(account?.citizen_number_tail) ?? t("citizenNumberHint")}>
        <Input inputMode="numeric" autoComplete="off" maxLength={12} />
      </Form.Item>
    </>
  );
}

type Props = { account?: AccountDetail; onClose: () => void; onMade?: (account: AccountDetail) => void };

/** Makes, proposes or changes an account. A first password is shown once. */
export function AccountFormDialog({ account, onClose, onMade }: Props) {
  const t = useWords();
  const mayManage = useMay("account.manage");
  const [key] = useState(newKey);
  const [made, setMade] = useState<{ account: AccountDetail; password: string } | null>(null);
  const save = (fields: Fields): Promise<Answer> =>
    account ? accounts.change(account.id, toChange(fields), account.version) : accounts.create(toCreate(fields), key);
  const said = (answer: Answer) => {
    if (account) return t("saved");
    return answer.initial_password ? null : t("accountProposedDone", { name: answer.full_name });
  };
  const saved = (answer: Answer) => {
    if (!account && answer.initial_password) {
      setMade({ account: answer, password: answer.initial_password });
      return;
    }
    onClose();
    if (!account) onMade?.(answer);
  };
  if (made) {
    const close = () => {
      onClose();
      onMade?.(made.account);
    };
    return (
      <OnceSecret
        title={t("accountMade", { name: made.account.full_name, username: made.account.username })}
        explain={t("firstPasswordExplain")}
        secret={made.password}
        onClose={close}
      />
    );
  }
  const title = account ? t("accountEdit", { name: account.full_name }) : t(mayManage ? "accountAdd" : "accountPropose");
  return (
    <FormDialog
      drawer={560}
      title={title}
      okText={t(account ? "save" : mayManage ? "accountCreate" : "accountSendProposal")}
      explain={!account && !mayManage && <Alert type="info" showIcon className="stacked" title={t("accountProposeExplain")} />}
      initialValues={
        account
          ? {
              full_name: account.full_name,
              position: account.position ?? "",
              email: account.email ?? "",
              unit_id: account.unit.id,
              leader_category: account.leader_category ?? 0,
            }
          : { leader_category: 0, grants: [{}] }
      }
      onSave={save}
      said={said}
      refresh={["accounts"]}
      onSaved={saved}
      onClose={onClose}
    >
      <FormFields account={account} />
      {!account && <GrantRows />}
    </FormDialog>
  );
}
