internal import Foundation
internal import MaxCore
package import MaxWire

extension Client {
    /// Asks to be let in (RFC 8628, section 3.1): the answer holds the code that the owner approves.
    ///
    /// - Parameters:
    ///   - name: What the owner will see it called.
    ///   - scopes: What it asks for; everything when empty.
    package func beginLogin(as name: String, scopes: [String] = []) async throws -> DeviceAuthorizationBody {
        let scope = scopes.isEmpty ? [] : [(name: "scope", value: scopes.joined(separator: " "))]
        return try await granted(
            .form("device", "authorize", fields: [(name: "client_id", value: name)] + scope),
            as: DeviceAuthorizationBody.self
        ).get()
    }

    /// Asks at the pace that the server sets until the owner has decided (RFC 8628, section 3.5).
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `access_denied` when the owner says no, and `expired_token` when nobody
    ///   says anything; and what a lost server throws.
    package func finishLogin(_ begun: DeviceAuthorizationBody) async throws -> Login {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(max(0, min(begun.expiresIn, Self.longest)))
        var interval = Self.bounded(begun.interval)
        while clock.now < end {
            try await Task.sleep(for: interval)
            switch try await redeem(begun.deviceCode) {
            case .success(let token):
                return Login(
                    token: SecretValue(token.accessToken), scopes: token.scope.split(separator: " ").map(String.init),
                    expiresAt: Date(timeIntervalSinceNow: Double(token.expiresIn)))
            case .failure(let refusal) where refusal.isPatience: interval = refusal.interval(after: interval)
            case .failure(let refusal): throw refusal.error
            }
        }
        throw LoginRefusal.late.error
    }

    private func redeem(_ code: String) async throws -> Result<DeviceTokenBody, LoginRefusal> {
        try await granted(
            .form(
                "device", "token",
                fields: [
                    (name: "grant_type", value: "urn:ietf:params:oauth:grant-type:device_code"),
                    (name: "device_code", value: code),
                ]), as: DeviceTokenBody.self)
    }

    /// Sends a form of the device grant, whose refusals have a form of their own.
    private func granted<Value: Decodable & Sendable>(
        _ request: ClientRequest, as type: Value.Type
    ) async throws -> Result<Value, LoginRefusal> {
        let answer = try await exchange.send(request, taking: [400])
        guard answer.status == 400 else { return .success(try answer.value(type, from: server)) }
        return .failure(LoginRefusal(body: try answer.value(DeviceErrorBody.self, from: server)))
    }

    /// The longest that anybody waits for the owner, in seconds.
    private static let longest = 3600

    static func bounded(_ seconds: Int) -> Duration { .seconds(max(1, min(seconds, 120))) }
}

/// Why a program was not let in, or not yet.
struct LoginRefusal: Error, Sendable {
    let body: DeviceErrorBody

    static let late = LoginRefusal(body: DeviceErrorBody(error: "expired_token", description: ""))

    /// Whether the owner has not decided yet.
    var isPatience: Bool { ["authorization_pending", "slow_down"].contains(body.error) }

    /// The pause before the next question: longer by five seconds when it was too short (RFC 8628, section 3.5).
    func interval(after interval: Duration) -> Duration {
        if let told = body.interval { return Client.bounded(told) }
        return body.error == "slow_down" ? interval + .seconds(5) : interval
    }

    var error: MaxError {
        switch body.error {
        case "access_denied":
            MaxError("access_denied", "The owner did not let this machine in.", fix: "Ask the owner, and try again.")
        case "expired_token":
            MaxError("expired_token", "Nobody approved the code in time.", fix: "Try again for a new one.")
        default: MaxError(MaxError.Code(rawValue: body.error), body.description)
        }
    }
}
