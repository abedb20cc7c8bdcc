/** The enums of a schema and their values in order. */
import type { Enum } from "../../api/types";
import "./enum-list.css";

export function EnumList({ enums }: { readonly enums: readonly Enum[] }) {
  if (enums.length === 0) return null;
  return (
    <section className="sheet enums" aria-label="Enums">
      <h2 className="enums-title">Enums</h2>
      {enums.map((one) => (
        <div key={one.name} className="enum">
          <span className="mono enum-name">{one.name}</span>
          <ol className="enum-values">
            {one.values.map((value) => (
              <li key={value.name} className="enum-value mono">
                {value.name}
              </li>
            ))}
          </ol>
          {one.description !== undefined && <p className="enum-text">{one.description}</p>}
        </div>
      ))}
    </section>
  );
}
