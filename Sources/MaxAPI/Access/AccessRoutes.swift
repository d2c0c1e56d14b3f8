internal import Foundation
internal import HTTPTypes
internal import MaxAccess
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxWire

/// How a program is let in, and who asks.
enum AccessRoutes {
    static let all = [me, authorize, token]

    private static let me = Route(
        method: .get, path: "/v1/me", name: "getMe", summary: "Who asks, and what they may do.", admission: .known,
        answer: .value(.shape(.me))
    ) { call in
        switch call.caller {
        case .agent(let agent): try .value(MeBody(agent))
        case .owner(let session): try .value(MeBody(session))
        case nil: .nothing
        }
    }

    private static let authorize = Route(
        method: .post, path: "/v1/device/authorize", name: "authorizeDevice",
        summary: "A program asks the owner to let it in (RFC 8628, section 3.1).", admission: .anyone,
        body: .form(.deviceAuthorizationRequest), answer: .value(.shape(.deviceAuthorization))
    ) { call in
        try await DeviceRefusal.telling {
            let begun = try await call.services.access.beginGrant(
                name: call.body["client_id"]?.string ?? "", scopes: call.askedScopes(), by: call.context.visitor)
            return try .value(
                DeviceAuthorizationBody(
                    deviceCode: begun.deviceCode.text, userCode: begun.grant.userCode.description,
                    verificationURI: call.context.home.link("/device"), expiresIn: Int(DeviceGrant.lifetime),
                    interval: begun.grant.interval))
        }
    }

    private static let token = Route(
        method: .post, path: "/v1/device/token", name: "fetchToken",
        summary: "A program asks whether it was let in, and gets its token (RFC 8628, section 3.4).",
        admission: .anyone, body: .form(.deviceTokenRequest), answer: .value(.shape(.deviceToken))
    ) { call in
        try await DeviceRefusal.telling {
            guard call.body["grant_type"]?.string == Self.grantType else {
                throw DeviceRefusal("unsupported_grant_type", "Only \(Self.grantType) is served.")
            }
            let admitted = try await call.services.access.redeem(call.body["device_code"]?.string ?? "")
            let rest = admitted.agent.expiresAt.timeIntervalSince(call.engines.surroundings.now())
            return try .value(
                DeviceTokenBody(
                    accessToken: admitted.token.text, expiresIn: Int(rest),
                    scope: admitted.agent.scopes.map(\.rawValue).sorted().joined(separator: " ")))
        }
    }

    /// The name of the grant (RFC 8628, section 3.4).
    private static let grantType = "urn:ietf:params:oauth:grant-type:device_code"
}

extension Call {
    /// The scopes that a program asks for; all of them when it says nothing.
    fileprivate func askedScopes() throws -> Set<AgentScope> {
        guard let words = body["scope"]?.string?.split(separator: " ") else { return Set(AgentScope.allCases) }
        return Set(
            try words.map { word in
                guard let scope = AgentScope(rawValue: String(word)) else {
                    throw DeviceRefusal(
                        "invalid_scope",
                        "There is no scope \(String(word).shown(atMost: 40).quoted); "
                            + "there are \(AgentScope.allCases.map(\.rawValue).joined(separator: ", ")).")
                }
                return scope
            })
    }
}

/// A refusal in the form of RFC 6749, section 5.2, which programs that ask to be let in expect.
struct DeviceRefusal: Error, Sendable {
    let body: DeviceErrorBody
    var status = HTTPResponse.Status.badRequest

    init(_ code: String, _ description: String) { body = DeviceErrorBody(error: code, description: description) }

    /// Runs work, and tells of its errors in that form where the standards have a code for them.
    static func telling(_ work: () async throws -> Answer) async throws -> Answer {
        do { return try await work() } catch let error as MaxError {
            throw DeviceRefusal(error) ?? error
        }
    }

    private init?(_ error: MaxError) {
        switch error.code {
        case .authorizationPending, .slowDown, .accessDenied, .expiredToken, .invalidGrant:
            body = DeviceErrorBody(
                error: error.code.rawValue, description: error.description, interval: error.retryAfter.map { Int($0) })
        case .scopesUnfit: body = DeviceErrorBody(error: "invalid_scope", description: error.description)
        default: return nil
        }
    }

    /// The answer.
    var answer: Answer {
        get throws { try .value(body, status: status) }
    }
}
