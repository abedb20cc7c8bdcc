/** The door: sign in, or make an account where that is open. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery, serverQuery } from "../../api/auth";
import { useDocumentTitle } from "../../ui/page";
import { RegisterForm } from "./register-form";
import { SignInForm } from "./sign-in-form";
import "./sign-in-page.css";

const route = getRouteApi("/sign-in");

export function SignInPage() {
  useDocumentTitle("Sign in");
  const [isRegistering, setRegistering] = useState(false);
  const { redirect } = route.useSearch();
  const server = useQuery(serverQuery);
  const client = useQueryClient();
  const router = useRouter();

  async function enter() {
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    router.history.replace(redirect ?? "/");
  }

  return (
    <main className="door">
      <div className="door-card">
        <p className="door-brand">
          <img src="/favicon.svg" width={28} height={28} alt="" />
          Tenanta
        </p>
        <h1 className="door-title">{isRegistering ? "Make an account" : "Sign in"}</h1>
        {isRegistering ? <RegisterForm onDone={enter} /> : <SignInForm onDone={enter} />}
        {server.data?.registrationOpen === true && (
          <p className="door-switch">
            {isRegistering ? "You have an account?" : "No account yet?"}{" "}
            <button
              type="button"
              className="door-link"
              onClick={() => setRegistering(!isRegistering)}
            >
              {isRegistering ? "Sign in" : "Make one"}
            </button>
          </p>
        )}
      </div>
      <p className="door-foot">
        Real PostgreSQL tables for every tenant.
        {server.data !== undefined && ` Version ${server.data.version}.`}
      </p>
    </main>
  );
}
