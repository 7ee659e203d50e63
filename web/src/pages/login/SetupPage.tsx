import { useQuery } from "@tanstack/react-query";
import { Button, Steps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate } from "react-router";
import { api, told } from "../../api/client.ts";
import { Loading } from "../../ui/Loading.tsx";
import { ImportPanel } from "../people/files/ImportPanel.tsx";
import { FirstPerson } from "./FirstPerson.tsx";
import { Front } from "./Front.tsx";

type Step = "person" | "organisation" | "done";
const STEPS: Step[] = ["person", "organisation", "done"];

/** The first run: who administers, then the company, then in. */
export default function SetupPage() {
  const { t } = useTranslation("login");
  const go = useNavigate();
  const [step, setStep] = useState<Step>("person");
  const { data: setup } = useQuery({
    queryKey: ["setup"],
    queryFn: () => told(api.GET("/api/v1/setup")),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!setup) return <Loading />;
  if (!setup.needed && step === "person") return <Navigate to="/login" replace />;
  return (
    <Front title={t("setup.title")} says={t(`setup.says.${step}`)} wide={step === "organisation"}>
      <Steps
        className="front-steps"
        size="small"
        responsive={false}
        current={STEPS.indexOf(step)}
        items={STEPS.map((one) => ({ title: t(`setup.steps.${one}`) }))}
      />
      {step === "person" ? <FirstPerson onDone={() => setStep("organisation")} /> : null}
      {step === "organisation" ? (
        <div className="front-acts">
          <ImportPanel onDone={() => setStep("done")} />
          <Button onClick={() => setStep("done")}>{t("setup.later")}</Button>
        </div>
      ) : null}
      {step === "done" ? (
        <Button type="primary" block onClick={() => go("/people", { replace: true })}>
          {t("setup.begin")}
        </Button>
      ) : null}
    </Front>
  );
}
