import { Alert, Table } from "antd";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../../../api/client.ts";
import { useLabel } from "../../../app/label.ts";

type Problem = Schemas["Import"]["problems"][number];

/** What has to be corrected in the file, place by place. */
export function Problems({ problems }: { problems: Problem[] }) {
  const { t } = useTranslation("people");
  const say = useLabel();
  return (
    <section className="card">
      <div className="pad">
        <Alert
          type="error"
          showIcon
          title={t("import.problems", { count: problems.length })}
          description={t("import.problemsSay")}
        />
      </div>
      <Table<Problem>
        rowKey={(one) => `${one.sheet}!${one.row}!${one.column}!${one.text.en}`}
        size="middle"
        pagination={problems.length > 100 ? { pageSize: 100, showSizeChanger: false } : false}
        dataSource={problems}
        columns={[
          { title: t("import.sheet"), dataIndex: "sheet" },
          { title: t("import.row"), render: (_, one) => (one.row ? one.row : t("import.wholeSheet")) },
          { title: t("import.column"), dataIndex: "column" },
          { title: t("import.wrong"), render: (_, one) => say(one.text) },
        ]}
      />
    </section>
  );
}
