import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Loading } from "../../../ui/Loading.tsx";
import { PageHead } from "../../../ui/PageHead.tsx";
import { Refusal } from "../../../ui/Refusal.tsx";
import { tokensQuery } from "../queries.ts";
import { TokenTable } from "./TokenTable.tsx";

/** Everybody's tokens, to make one worthless. */
export function AllTokensPage() {
  const { t } = useTranslation("admin");
  const { data, error } = useQuery(tokensQuery(true));
  return (
    <>
      <PageHead title={t("tokens.title")} says={t("tokens.says")} />
      <section className="card">
        {error ? <Refusal error={error} /> : data ? <TokenTable tokens={data} isEverybodys /> : <Loading />}
      </section>
    </>
  );
}
