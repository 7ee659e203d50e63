import { Form, Input } from "antd";

interface Props {
  label: string;
  /** What a password has to be. */
  says: string;
  needed: string;
  again: string;
  differ: string;
}

/** A new password, typed twice; the fields `password` and `again` of the form around it. */
export function NewPassword({ label, says, needed, again, differ }: Props) {
  return (
    <>
      <Form.Item name="password" label={label} extra={says} rules={[{ required: true, message: needed }]}>
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
      <Form.Item
        name="again"
        label={again}
        dependencies={["password"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) =>
              value === getFieldValue("password") ? Promise.resolve() : Promise.reject(new Error(differ)),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </>
  );
}
