/** The rail: which tenant, and its places. */
import { Link } from "@tanstack/react-router";
import { useTenant } from "../tenant";
import { PLACES } from "./navigation";
import { TenantSwitcher } from "./tenant-switcher";
import "./rail.css";

export function Rail() {
  const { tenantParam } = useTenant();
  return (
    <div className="rail">
      <TenantSwitcher />
      <nav aria-label="Places" className="rail-places">
        {PLACES.map(({ label, icon: Glyph, link }) => (
          <Link key={label} {...link(tenantParam)} search={{}} className="rail-place">
            <Glyph size={16} stroke={1.75} aria-hidden />
            {label}
          </Link>
        ))}
      </nav>
    </div>
  );
}
