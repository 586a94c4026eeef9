import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Select } from "antd";
import { useState } from "react";
import { accounts, type AccountDetail, type Grant } from "../api/accounts.ts";
import type { Role } from "../api/types.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { ListTable } from "../parts/list-table.tsx";
import { useShowProblem } from "../parts/problem-form.ts";
import { roleHints, roles, roleWords } from "../parts/roles.ts";
import { UnitPicker } from "../parts/unit-picker.tsx";
import { homeUnit, useMay, useSession } from "../session/session.tsx";
import { useWords } from "../words/words.tsx";

type Given = { role: Role; unit_id: string };

function GrantDialog({ account, onClose }: { account: AccountDetail; onClose: () => void }) {
  const t = useWords();
  const { message } = App.useApp();
  const root = homeUnit(useSession());
  const [form] = Form.useForm<Given>();
  const role = Form.useWatch("role", form);
  const required = [{ required: true, message: t("required") }];
  const give = async (fields: Given) => {
    const made = await accounts.grant(account.id, fields.role, fields.unit_id);
    for (const warning of made.warnings) void message.warning(warning.title);
    return made;
  };
  return (
    <FormDialog
      title={t("grantTitle", { name: account.full_name })}
      okText={t("grantGive")}
      form={form}
      initialValues={{ unit_id: account.unit.id }}
      onSave={give}
      said={(made) => t("grantMade", { role: t(roleWords[made.role]), unit: made.unit.name })}
      refresh={["accounts"]}
      onClose={onClose}
    >
      <Form.Item name="role" label={t("role")} extra={role && t(roleHints[role])} rules={required}>
        <Select autoFocus options={roles.map((value) => ({ value, label: t(roleWords[value]) }))} />
      </Form.Item>
      <Form.Item name="unit_id" label={t("grantUnit")} extra={t("grantUnitHint")} rules={required}>
        <UnitPicker root={root} />
      </Form.Item>
    </FormDialog>
  );
}

/** The roles of an account with the units they hold for. */
export function AccountGrants({ account }: { account: AccountDetail }) {
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { modal } = App.useApp();
  const mayManage = useMay("account.manage");
  const [adding, setAdding] = useState(false);
  const revoke = (grant: Grant) =>
    void modal.confirm({
      title: t("grantRevokeTitle", { role: t(roleWords[grant.role]), unit: grant.unit.name, name: account.full_name }),
      okText: t("grantRevoke"),
      okButtonProps: { danger: true },
      cancelText: t("cancel"),
      onOk: async () => {
        try {
          await accounts.revoke(account.id, grant.id);
          await client.invalidateQueries({ queryKey: ["accounts"] });
        } catch (error) {
          show(error);
        }
      },
    });
  return (
    <>
      <ListTable<Grant>
        label={t("grants")}
        rows={account.grants}
        rowKey={(grant) => grant.id}
        empty={t("grantsNone")}
        columns={[
          { title: t("role"), head: true, cell: (grant) => t(roleWords[grant.role]) },
          { title: t("grantUnit"), cell: (grant) => grant.unit.name },
          ...(mayManage
            ? [
                {
                  title: t("acts"),
                  acts: true,
                  cell: (grant: Grant) => (
                    <Button size="small" danger type="text" onClick={() => revoke(grant)}>
                      {t("grantRevoke")}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {mayManage && (
        <Button className="more-button" onClick={() => setAdding(true)}>
          {t("grantAdd")}
        </Button>
      )}
      {adding && <GrantDialog account={account} onClose={() => setAdding(false)} />}
    </>
  );
}
