package import MaxConnector
package import MaxCore

/// Makes a connector's way to its provider.
package protocol UpstreamFactory: Sendable {
    /// Makes the way for one connection or setup.
    func upstream(_ route: UpstreamRoute) -> any Upstream
}

/// What a way to a provider may do.
package struct UpstreamRoute: Sendable {
    /// The connector, for names and sentences.
    package var connector: ConnectorDescriptor
    /// The hosts it may call; nil allows any public host.
    ///
    /// `*.example.com` stands for every host below it.
    package var hosts: [String]?
    /// Hosts, or `host:port`, on this machine or a private network that the owner allowed.
    package var allowedPrivateHosts: Set<String>
    /// When everything has to be over, counted from each request's start.
    package var deadline: Duration
    /// Told of each rung as it is climbed; for live checks.
    package var onRung: (@Sendable (RungNews) -> Void)?
    /// The page on which the owner makes a credential, shown when one is refused.
    package var credentialPage: Problem.Fix?
    /// Whether the refusal of a credential ends everything: later calls, and those that wait, fail with the same problem
    /// and reach nobody.
    package var stopsAfterRefusal: Bool
    /// Notes every call.
    package var recorder: FlightRecorder?

    package init(
        connector: ConnectorDescriptor, hosts: [String]?, allowedPrivateHosts: Set<String> = [],
        deadline: Duration = .seconds(10), onRung: (@Sendable (RungNews) -> Void)? = nil,
        credentialPage: Problem.Fix? = nil, stopsAfterRefusal: Bool = false, recorder: FlightRecorder? = nil
    ) {
        self.connector = connector
        self.hosts = hosts
        self.allowedPrivateHosts = allowedPrivateHosts
        self.deadline = deadline
        self.onRung = onRung
        self.credentialPage = credentialPage
        self.stopsAfterRefusal = stopsAfterRefusal
        self.recorder = recorder
    }
}

/// A host that is on this machine or a private network, and that nobody allowed.
///
/// The setup engine turns it into a question to the owner; elsewhere its problem is shown.
package struct PrivateAddressRefused: Error, Sendable {
    /// The host as it was asked for.
    package let host: String
    /// The address it leads to.
    package let address: String
    /// The same for a place where the owner cannot be asked.
    package let problem: Problem

    package init(host: String, address: String, problem: Problem) {
        self.host = host
        self.address = address
        self.problem = problem
    }
}
