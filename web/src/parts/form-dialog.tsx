import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Modal, Space, type FormInstance } from "antd";
import { useState, type ReactNode } from "react";
import { useWords } from "../words/words.tsx";
import { useShowProblem } from "./problem-form.ts";

type Props<Fields, Saved> = {
  title: string;
  /** "Save" when not said. */
  okText?: string;
  danger?: boolean;
  /** The width of a drawer; without it the form is a dialog. */
  drawer?: number | string;
  /** What stands above the form. */
  explain?: ReactNode;
  /** Made by those who watch its fields. */
  form?: FormInstance<Fields>;
  initialValues?: object;
  requiredMark?: boolean;
  onValuesChange?: (changed: Partial<Fields>) => void;
  /** Says what is missing beside the fields; nothing is sent until it answers true. */
  ready?: () => boolean;
  /** Sends the fields; what the server refuses is shown at the fields it names, and the form stays open. */
  onSave: (fields: Fields) => Promise<Saved>;
  said?: (saved: Saved) => string | null;
  /** Which lists are loaded again. */
  refresh?: string[];
  /** In place of closing. */
  onSaved?: (saved: Saved) => void;
  onClose: () => void;
  children: ReactNode;
};

/** A form that is filled in, saved and closed: in a dialog, or in a drawer when it is long. */
export function FormDialog<Fields, Saved>(props: Props<Fields, Saved>) {
  const { title, okText, danger, drawer, explain, initialValues, requiredMark, onClose, children } = props;
  const t = useWords();
  const client = useQueryClient();
  const show = useShowProblem();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>(props.form);
  const [busy, setBusy] = useState(false);
  const save = async (fields: Fields) => {
    if (props.ready && !props.ready()) return;
    setBusy(true);
    try {
      const saved = await props.onSave(fields);
      const said = props.said?.(saved);
      if (said) void message.success(said);
      if (props.refresh) await client.invalidateQueries({ queryKey: props.refresh });
      (props.onSaved ?? onClose)(saved);
    } catch (error) {
      show(error, form);
    } finally {
      setBusy(false);
    }
  };
  const body = (
    <>
      {explain}
      <Form<Fields>
        form={form}
        layout="vertical"
        scrollToFirstError
        requiredMark={requiredMark}
        initialValues={initialValues}
        onValuesChange={props.onValuesChange}
        onFinish={(fields) => void save(fields)}
      >
        {children}
      </Form>
    </>
  );
  const ok = okText ?? t("save");
  /* "Cancel" beside an act that cancels something could be taken for the act. */
  const leave = t(danger ? "close" : "cancel");
  if (drawer === undefined) {
    return (
      <Modal
        open
        title={title}
        okText={ok}
        okButtonProps={{ danger }}
        cancelText={leave}
        confirmLoading={busy}
        onOk={() => form.submit()}
        onCancel={onClose}
      >
        {body}
      </Modal>
    );
  }
  return (
    <Drawer
      open
      size={drawer}
      title={title}
      onClose={onClose}
      footer={
        <Space>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {ok}
          </Button>
          <Button onClick={onClose}>{leave}</Button>
        </Space>
      }
    >
      {body}
    </Drawer>
  );
}
