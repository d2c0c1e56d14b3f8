import Hummingbird
import NIOCore
import SandboxKit

/// What a request carries from its connection to its route.
struct GitHubContext: SandboxContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// Who asks, and what there was when the request came in; set by ``TokenGate``.
    private(set) var admission: Admission?

    /// A request that passed the gate.
    struct Admission: Sendable {
        let access: Access
        let state: GitHubState
    }

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The largest request body read, in bytes.
    var maxUploadSize: Int { 1 << 20 }

    mutating func admit(_ access: Access, to state: GitHubState) {
        admission = Admission(access: access, state: state)
    }

    /// Gives the admission; refuses where no token was checked.
    func admitted() throws(GitHubProblem) -> Admission {
        guard let admission else { throw .authenticationRequired }
        return admission
    }

    /// Reads a path parameter that the route is known to have.
    func path(_ name: String) throws(GitHubProblem) -> String {
        guard let value = parameters.get(name) else { throw .notFound }
        return value
    }
}

extension GitHubContext.Admission {
    /// Finds a repository by its number; whatever the token may not see is not there for it.
    func repository(_ id: String) throws(GitHubProblem) -> Repository {
        guard let repository = state.repositories(of: access).first(where: { String($0.id) == id }) else {
            throw .notFound
        }
        return repository
    }

    func repository(_ owner: String, _ name: String) throws(GitHubProblem) -> Repository {
        let found = state.repositories(of: access).first { $0.name == name && state.people[$0.owner].login == owner }
        guard let found else { throw .notFound }
        return found
    }
}
