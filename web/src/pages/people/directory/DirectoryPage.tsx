import { DownloadOutlined, SearchOutlined, UserAddOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Grid, Input, Segmented, TreeSelect } from "antd";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useMay } from "../../../app/session.ts";
import { PageHead } from "../../../ui/PageHead.tsx";
import { departmentsQuery } from "../queries.ts";
import { DepartmentHead } from "./DepartmentHead.tsx";
import { DepartmentTree, optionsOf } from "./DepartmentTree.tsx";
import { PeopleList } from "./PeopleList.tsx";
import { PersonDrawer } from "./PersonDrawer.tsx";

const STATES = ["active", "left", "all"] as const;
type State = (typeof STATES)[number];

/** The organisation: its tree, the people of the department that is chosen, and one of them beside it. */
export function DirectoryPage() {
  const { t } = useTranslation("people");
  const may = useMay();
  const isWide = Grid.useBreakpoint().lg;
  const { data: departments = [] } = useQuery(departmentsQuery);
  const [place, go] = useSearchParams();
  const state = (place.get("state") ?? "active") as State;
  const search = useDeferredValue(place.get("search") ?? "");
  const chosen = departments.find((one) => one.id === place.get("department"));

  const turn = (key: string, value: string | undefined) =>
    go(
      (before) => {
        if (value) before.set(key, value);
        else before.delete(key);
        return before;
      },
      { replace: key === "search" },
    );

  return (
    <>
      <PageHead title={t("directory.title")} says={t("directory.says")}>
        {may("read", "people") && isWide ? (
          <Button icon={<DownloadOutlined />} href="/api/v1/people/export" download>
            {t("directory.export")}
          </Button>
        ) : null}
        {may("people") && isWide ? (
          <Button type="primary" icon={<UserAddOutlined />} onClick={() => turn("person", "+")}>
            {t("directory.add")}
          </Button>
        ) : null}
      </PageHead>
      <div className="directory">
        {isWide ? (
          <DepartmentTree
            departments={departments}
            chosen={chosen?.id}
            onChoose={(one) => turn("department", one)}
          />
        ) : null}
        <section className="card" aria-label={t("directory.people")}>
          {isWide && chosen ? <DepartmentHead department={chosen} departments={departments} /> : null}
          <div className="directory-filter">
            {isWide ? null : (
              <TreeSelect
                aria-label={t("directory.department")}
                placeholder={t("directory.everywhere")}
                treeData={optionsOf(departments)}
                treeDefaultExpandAll
                allowClear
                value={chosen?.id}
                onChange={(one?: string) => turn("department", one)}
              />
            )}
            <Input
              prefix={<SearchOutlined />}
              allowClear
              aria-label={t("directory.search")}
              placeholder={t("directory.search")}
              value={place.get("search") ?? ""}
              onChange={(event) => turn("search", event.target.value)}
            />
            <Segmented<State>
              aria-label={t("directory.state")}
              value={state}
              onChange={(one) => turn("state", one === "active" ? undefined : one)}
              options={STATES.map((one) => ({ value: one, label: t(`directory.states.${one}`) }))}
            />
          </div>
          <PeopleList
            wanted={{
              search,
              department: chosen?.id,
              active: state === "all" ? undefined : state === "active",
            }}
            onOpen={(one) => turn("person", one)}
          />
        </section>
      </div>
      <PersonDrawer
        id={place.get("person") ?? undefined}
        department={chosen?.id}
        onClose={(saved) => turn("person", saved)}
      />
    </>
  );
}
