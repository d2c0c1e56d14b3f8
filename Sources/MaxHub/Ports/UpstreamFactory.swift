package import Foundation
package import MaxConnector
package import MaxCore

/// Makes a connector's way to its provider.
package protocol UpstreamFactory: Sendable {
    /// Makes the way for one connection or setup.
    func upstream(_ route: UpstreamRoute) -> any Upstream

    /// Refuses an address to which no request would be made on a route; asks nobody but for the host's addresses.
    ///
    /// That they cannot be looked up just now is no reason.
    ///
    /// - Throws: ``PrivateAddressRefused``; ``MaxCore/Problem`` for an address that nobody may allow.
    func check(_ url: URL, on route: UpstreamRoute) async throws

    /// Refuses a line that would not be opened on a route, in the same way.
    ///
    /// - Throws: ``PrivateAddressRefused``; ``MaxCore/Problem`` for an address that nobody may allow.
    func check(_ line: LineRequest, on route: UpstreamRoute) async throws
}

extension UpstreamFactory {
    /// Lets every address pass.
    package func check(_ url: URL, on route: UpstreamRoute) async throws {}

    /// Lets every line pass.
    package func check(_ line: LineRequest, on route: UpstreamRoute) async throws {}
}

/// What a way to a provider may do.
package struct UpstreamRoute: Sendable {
    /// The name its calls are counted under, such as a connector's.
    package var name: String
    /// Who is called, as sentences name them.
    package var provider: String
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
    /// Whether redirects are followed; where not, one is a problem.
    package var followsRedirects = true
    /// Whether lines may lead to the ports at which mail is handed in.
    package var sendsMail = false

    /// Creates a connector's route.
    package init(
        connector: ConnectorDescriptor, hosts: [String]?, allowedPrivateHosts: Set<String> = [],
        deadline: Duration = .seconds(10), onRung: (@Sendable (RungNews) -> Void)? = nil,
        credentialPage: Problem.Fix? = nil, stopsAfterRefusal: Bool = false, recorder: FlightRecorder? = nil
    ) {
        self.init(
            name: connector.name, provider: connector.displayName, hosts: hosts,
            allowedPrivateHosts: allowedPrivateHosts, deadline: deadline, onRung: onRung,
            credentialPage: credentialPage, stopsAfterRefusal: stopsAfterRefusal)
        self.recorder = recorder
    }

    /// Creates a route of the platform's own.
    package init(
        name: String, provider: String, hosts: [String]?, allowedPrivateHosts: Set<String> = [],
        deadline: Duration = .seconds(10), onRung: (@Sendable (RungNews) -> Void)? = nil,
        credentialPage: Problem.Fix? = nil, stopsAfterRefusal: Bool = false
    ) {
        self.name = name
        self.provider = provider
        self.hosts = hosts
        self.allowedPrivateHosts = allowedPrivateHosts
        self.deadline = deadline
        self.onRung = onRung
        self.credentialPage = credentialPage
        self.stopsAfterRefusal = stopsAfterRefusal
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
