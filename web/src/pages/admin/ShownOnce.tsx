import { CopyOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  title: string;
  says: string;
  secret: string;
  onClose: () => void;
}

/** A secret that is kept nowhere: to be copied now. */
export function ShownOnce({ title, says, secret, onClose }: Props) {
  const { t } = useTranslation("admin");
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    message.success(t("copied"));
  };
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={[
        // only pages that came over HTTPS, or from this machine, may write to the clipboard
        "clipboard" in navigator ? (
          <Button key="copy" icon={<CopyOutlined />} onClick={copy}>
            {t("copy")}
          </Button>
        ) : null,
        <Button key="done" type="primary" onClick={onClose}>
          {t("kept")}
        </Button>,
      ]}
    >
      <p>{says}</p>
      <code className="once">{secret}</code>
    </Modal>
  );
}
