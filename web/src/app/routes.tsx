/** Every screen on one page. */

import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  notFound,
  redirect,
} from "@tanstack/react-router";
import { meQuery, serverQuery } from "../api/auth";
import { schemaQuery, schemasQuery } from "../api/schemas";
import { parseSearch, stringifySearch } from "../lib/search-params";
import { ErrorPage } from "./error-page";
import { lastTenant, rememberTenant } from "./last-tenant";
import { NotFoundPage } from "./not-found-page";
import { paths } from "./paths";
import { queryClient } from "./query-client";
import { readData, readSchemaList, readSignIn, readStart, readTable } from "./search";
import { Layout } from "./shell/layout";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  notFoundComponent: NotFoundPage,
});

async function signedIn(client: QueryClient, href: string) {
  const me = await client.ensureQueryData(meQuery);
  if (me === null) throw redirect(paths.signIn({ redirect: href }));
  return me;
}

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async ({ context, location }) => {
    const me = await signedIn(context.queryClient, location.href);
    const last = lastTenant();
    const tenant = me.tenants.find(({ number }) => number === last) ?? me.tenants[0];
    throw redirect(tenant === undefined ? paths.newTenant() : paths.schemas(String(tenant.number)));
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: readSignIn,
  beforeLoad: async ({ context, search }) => {
    void context.queryClient.prefetchQuery(serverQuery);
    const me = await context.queryClient.ensureQueryData(meQuery).catch(() => null);
    if (me !== null) throw redirect({ href: search.redirect ?? "/" });
  },
  component: lazyRouteComponent(() => import("../features/auth/sign-in-page"), "SignInPage"),
});

const newTenant = createRoute({
  getParentRoute: () => root,
  path: "/new-tenant",
  beforeLoad: async ({ context, location }) => ({
    me: await signedIn(context.queryClient, location.href),
  }),
  component: lazyRouteComponent(
    () => import("../features/tenants/new-tenant-page"),
    "NewTenantPage",
  ),
});

const tenant = createRoute({
  getParentRoute: () => root,
  path: "/t/$tenant",
  beforeLoad: async ({ context, params, location }) => {
    const me = await signedIn(context.queryClient, location.href);
    const found = me.tenants.find(({ number }) => String(number) === params.tenant);
    if (found === undefined) throw notFound();
    rememberTenant(found.number);
    return { me, tenant: found };
  },
  component: Layout,
  notFoundComponent: NotFoundPage,
});

const tenantHome = createRoute({
  getParentRoute: () => tenant,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect(paths.schemas(params.tenant));
  },
});

const schemas = createRoute({
  getParentRoute: () => tenant,
  path: "schemas",
  validateSearch: readSchemaList,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps: { view: _, ...listing } }) => {
    void context.queryClient.prefetchInfiniteQuery(schemasQuery(context.tenant.id, listing));
  },
  component: lazyRouteComponent(() => import("../features/schemas/schemas-page"), "SchemasPage"),
});

const newSchema = createRoute({
  getParentRoute: () => tenant,
  path: "schemas/new",
  validateSearch: readStart,
  component: lazyRouteComponent(
    () => import("../features/new-schema/new-schema-page"),
    "NewSchemaPage",
  ),
});

const schema = createRoute({
  getParentRoute: () => tenant,
  path: "schemas/$schemaId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(schemaQuery(context.tenant.id, params.schemaId));
  },
  component: lazyRouteComponent(() => import("../features/schemas/schema-layout"), "SchemaLayout"),
});

const design = createRoute({
  getParentRoute: () => schema,
  path: "/",
  validateSearch: readTable,
  component: lazyRouteComponent(() => import("../features/design/design-tab"), "DesignTab"),
});

const data = createRoute({
  getParentRoute: () => schema,
  path: "data",
  validateSearch: readData,
  component: lazyRouteComponent(() => import("../features/data/data-tab"), "DataTab"),
});

const history = createRoute({
  getParentRoute: () => schema,
  path: "history",
  component: lazyRouteComponent(() => import("../features/history/history-tab"), "HistoryTab"),
});

const endpoints = createRoute({
  getParentRoute: () => schema,
  path: "endpoints",
  validateSearch: readTable,
  component: lazyRouteComponent(
    () => import("../features/endpoints/endpoints-tab"),
    "EndpointsTab",
  ),
});

const projects = createRoute({
  getParentRoute: () => tenant,
  path: "projects",
  component: lazyRouteComponent(() => import("../features/projects/projects-page"), "ProjectsPage"),
});

const members = createRoute({
  getParentRoute: () => tenant,
  path: "members",
  component: lazyRouteComponent(() => import("../features/members/members-page"), "MembersPage"),
});

const keys = createRoute({
  getParentRoute: () => tenant,
  path: "keys",
  component: lazyRouteComponent(() => import("../features/keys/keys-page"), "KeysPage"),
});

const settings = createRoute({
  getParentRoute: () => tenant,
  path: "settings",
  component: lazyRouteComponent(() => import("../features/settings/settings-page"), "SettingsPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    signIn,
    newTenant,
    tenant.addChildren([
      tenantHome,
      schemas,
      newSchema,
      schema.addChildren([design, data, history, endpoints]),
      projects,
      members,
      keys,
      settings,
    ]),
  ]),
  context: { queryClient },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
