internal import Foundation
package import MaxHub

/// Who may come in: the owner by a passphrase, agents by the owner's leave, and nobody else.
///
/// What is refused too often is slowed down by counts in memory: make one service for a process, and share it.
package struct AccessService: Sendable {
    let rows: any AccessRows
    let surroundings: Surroundings
    let stretch: PassphraseStretch
    /// How often somebody may try a passphrase.
    let signIns: Throttle
    /// How often the owner may mistype the code of a program.
    let userCodes: Throttle
    /// How often somebody may ask to be let in.
    let requests: Throttle

    /// Creates the service over its port.
    ///
    /// - Parameter cost: How slow a guess is made; passphrases stored at a lower cost are raised to it at the next sign-in.
    package init(rows: any AccessRows, surroundings: Surroundings, cost: PassphraseCost = .standard) {
        self.rows = rows
        self.surroundings = surroundings
        stretch = PassphraseStretch(cost: cost)
        signIns = Throttle(each: .signInEach, all: .signInAll)
        userCodes = Throttle(each: .userCode, all: .userCode)
        requests = Throttle(each: .requestEach, all: .requestAll)
    }

    /// Removes whatever is over: sessions, links, requests and agents.
    package func sweep() async throws { try await rows.sweepAccess(at: surroundings.now()) }
}

/// The owner, just signed in, with the token for the browser's cookie.
package struct SignedIn: Sendable {
    package let token: OwnerToken
    package let session: OwnerSession
}

/// A request to be let in, just made, with the code that the program polls with (RFC 8628, section 3.2).
package struct BegunGrant: Sendable {
    package let deviceCode: DeviceCode
    package let grant: DeviceGrant
}

/// An agent, just let in, with the token it keeps.
package struct AdmittedAgent: Sendable {
    package let token: AgentToken
    package let agent: Agent
}
