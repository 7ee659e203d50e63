import { useQuery } from "@tanstack/react-query";
import { Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../../../ui/Loading.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { personQuery } from "../queries.ts";
import { PersonEditor } from "./PersonEditor.tsx";
import { PersonFacts } from "./PersonFacts.tsx";

interface Props {
  /** Whom to show; `+` is somebody new. */
  id: string | undefined;
  /** Where somebody new is put. */
  department: string | undefined;
  onClose: (saved?: string) => void;
}

/** One person beside the list: what there is to know, or the form to change it. */
export function PersonDrawer({ id, department, onClose }: Props) {
  const { t } = useTranslation("people");
  const isNew = id === "+";
  return (
    <Drawer
      open={id !== undefined}
      onClose={() => onClose()}
      size={560}
      title={t(isNew ? "directory.add" : "person.title")}
      destroyOnHidden
    >
      {id === undefined ? null : isNew ? (
        <PersonEditor department={department} onDone={onClose} />
      ) : (
        <Known key={id} id={id} />
      )}
    </Drawer>
  );
}

function Known({ id }: { id: string }) {
  const { data, error } = useQuery(personQuery(id));
  const [isEditing, setEditing] = useState(false);
  if (error) return <Refusal error={error} />;
  if (!data) return <Loading />;
  if (isEditing && data.whole) return <PersonEditor shown={data} onDone={() => setEditing(false)} />;
  return <PersonFacts shown={data} onEdit={() => setEditing(true)} />;
}
