import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

const LEVELS = [1, 2, 3, 4, 5];

/** The skills of a person, each with how well. */
export function SkillRows() {
  const { t } = useTranslation("people");
  return (
    <Form.Item label={t("person.skills")} extra={t("person.skillsSay")}>
      <Form.List name="skills">
        {(rows, { add, remove }) => (
          <div className="stack">
            {rows.map((row) => (
              <div key={row.key} className="skill-row">
                <Form.Item
                  name={[row.name, "skill"]}
                  noStyle
                  rules={[{ required: true, whitespace: true, message: t("person.skillNeeded") }]}
                >
                  <Input
                    aria-label={t("person.skillName")}
                    placeholder={t("person.skillName")}
                    maxLength={64}
                  />
                </Form.Item>
                <Form.Item name={[row.name, "level"]} noStyle>
                  <Select
                    aria-label={t("person.level")}
                    options={LEVELS.map((level) => ({ value: level, label: t("person.levels", { level }) }))}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("remove")}
                  onClick={() => remove(row.name)}
                />
              </div>
            ))}
            <div>
              <Button icon={<PlusOutlined />} onClick={() => add({ level: 1 })}>
                {t("person.addSkill")}
              </Button>
            </div>
          </div>
        )}
      </Form.List>
    </Form.Item>
  );
}
