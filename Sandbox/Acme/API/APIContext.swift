import Hummingbird
import NIOCore
import SandboxKit

/// What a request carries from its connection to its route.
struct APIContext: SandboxContext {
    var coreContext: CoreRequestContextStorage
    /// The connection, for faults below HTTP.
    let channel: any Channel
    /// Who asks, and the tenant at the moment the request came in; set by ``KeyCheck``.
    private(set) var admission: Admission?

    /// A request that passed the key check.
    struct Admission: Sendable {
        let access: Access
        let tenant: TenantState
    }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The largest request body read, in bytes.
    var maxUploadSize: Int { 1 << 20 }

    mutating func admit(_ access: Access, to tenant: TenantState) {
        admission = Admission(access: access, tenant: tenant)
    }

    /// Gives the admission; refuses where no key was checked.
    func admitted() throws(APIProblem) -> Admission {
        guard let admission else { throw .keyMissing }
        return admission
    }
}
