import Hummingbird
import NIOCore
import SandboxKit

/// What a request carries from its connection to its route.
struct APIContext: SandboxContext {
    var coreContext: CoreRequestContextStorage
    /// The connection, for faults below HTTP.
    let channel: any Channel
    /// Who asks, and what there is at the moment; set by ``TokenCheck``.
    private(set) var admission: Admission?

    /// A request that passed the token check.
    struct Admission: Sendable {
        let person: Person
        let fault: YNABFault?
        let state: YNABState

        /// The budgets that the token shows.
        var plans: [Plan] {
            let own = person.plans.map { state.plans[$0] }
            return switch fault {
            case .empty: []
            case .one: Array(own.prefix(1))
            default: own
            }
        }
    }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The largest request body read, in bytes.
    var maxUploadSize: Int { 1 << 20 }

    mutating func admit(_ admission: Admission) { self.admission = admission }

    /// Gives the admission; refuses where no token was checked.
    func admitted() throws(APIProblem) -> Admission {
        guard let admission else { throw .unauthorized }
        return admission
    }

    /// The budget that the path names.
    func plan() throws(APIProblem) -> Plan {
        let id = parameters.get("plan") ?? ""
        let plans = try admitted().plans
        guard let plan = id == "last-used" ? plans.first : plans.first(where: { $0.id == id }) else {
            throw .resourceNotFound
        }
        return plan
    }
}
