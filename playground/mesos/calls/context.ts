import type { AclAction } from '../spec.ts';
import type { Cluster, Leader, MasterProcess } from '../state.ts';

/** Who called which master. */
export interface Caller {
  readonly cluster: Cluster;
  readonly leader: Leader;
  readonly master: MasterProcess;
  readonly principal: string | null;
}

/** Whether the ACLs let the caller do something. */
export const may = ({ cluster, principal }: Caller, action: AclAction): boolean => {
  const allowed = cluster.acls[action];
  return allowed === undefined || (principal !== null && allowed.includes(principal));
};
