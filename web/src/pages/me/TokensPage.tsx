import { PlusOutlined } from "@ant-design/icons";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Checkbox, DatePicker, Form, Input, Modal } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, told } from "../../api/client.ts";
import { type Right, useSession } from "../../app/session.ts";
import { Loading } from "../../ui/Loading.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { Refusal } from "../../ui/Refusal.tsx";
import { rightsChanged, tokensQuery } from "../admin/queries.ts";
import { ShownOnce } from "../admin/ShownOnce.tsx";
import { TokenTable } from "../admin/tokens/TokenTable.tsx";

/** The tokens of one's own programs. */
export function TokensPage() {
  const { t } = useTranslation("admin");
  const { data, error } = useQuery(tokensQuery(false));
  const [isMaking, setMaking] = useState(false);
  return (
    <>
      <PageHead title={t("tokens.mine")} says={t("tokens.mineSays")}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {t("tokens.add")}
        </Button>
      </PageHead>
      <section className="card">
        {error ? <Refusal error={error} /> : data ? <TokenTable tokens={data} /> : <Loading />}
      </section>
      {isMaking ? <NewToken onClose={() => setMaking(false)} /> : null}
    </>
  );
}

interface Said {
  name: string;
  scopes: Right[];
  expires: Dayjs | null;
}

function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("admin");
  const { rights } = useSession();
  const [form] = Form.useForm<Said>();
  const make = useMutation({
    mutationFn: ({ name, scopes, expires }: Said) =>
      told(
        api.POST("/api/v1/tokens", {
          body: { name, scopes, expires_at: expires ? expires.endOf("day").toISOString() : null },
        }),
      ),
    onSuccess: rightsChanged,
  });
  if (make.data) {
    return (
      <ShownOnce
        title={t("tokens.made", { name: make.data.token.name })}
        says={t("tokens.madeSays")}
        secret={make.data.secret}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal
      open
      title={t("tokens.add")}
      onCancel={onClose}
      onOk={form.submit}
      okText={t("tokens.make")}
      cancelText={t("cancel")}
      confirmLoading={make.isPending}
    >
      <Form<Said>
        form={form}
        layout="vertical"
        initialValues={{ scopes: [], expires: dayjs().add(90, "day") }}
        onFinish={(said) => make.mutate(said)}
      >
        <Form.Item
          name="name"
          label={t("tokens.name")}
          extra={t("tokens.nameSays")}
          rules={[{ required: true, whitespace: true, message: t("tokens.nameNeeded") }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="scopes"
          label={t("tokens.scopes")}
          rules={[{ required: true, message: t("tokens.scopesNeeded") }]}
        >
          <Checkbox.Group
            className="rights-choice"
            options={rights.map((one) => ({ value: one, label: t(`right.${one}`) }))}
          />
        </Form.Item>
        <Form.Item name="expires" label={t("tokens.expires")} extra={t("tokens.expiresSays")}>
          <DatePicker disabledDate={(day) => day.isBefore(dayjs(), "day")} />
        </Form.Item>
        <Refusal error={make.error} />
      </Form>
    </Modal>
  );
}
