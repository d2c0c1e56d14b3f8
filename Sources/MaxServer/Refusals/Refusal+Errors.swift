package import HTTPTypes
internal import MaxConnector
package import MaxCore
internal import MaxHub
internal import MaxNotices
internal import MaxQuery
internal import MaxVault
internal import MaxWire

extension Refusal {
    /// Judges an error that a route threw; one that nobody foresaw says nothing of its inside.
    package init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let error as MaxError: self.init(Self.status(of: error.code), ProblemBody(error))
        case let problem as Problem: self.init(.unprocessableContent, ProblemBody(problem))
        case let refused as PrivateAddressRefused: self.init(.unprocessableContent, ProblemBody(refused.problem))
        case is CancellationError: self = .stopping
        default: self = .unforeseen
        }
    }

    /// The status that goes with an error.
    package static func status(of code: MaxError.Code) -> HTTPResponse.Status {
        statuses[code] ?? .internalServerError
    }

    /// The codes whose fault is the asker's, the moment's or the machine's; every other one is Max's own.
    private static let statuses: [MaxError.Code: HTTPResponse.Status] = {
        let groups: [(HTTPResponse.Status, [MaxError.Code])] = [
            (
                .badRequest,
                [
                    .cursorForeign, .fieldsInvalid, .filterInvalid, .limitInvalid, .matchInvalid, .orderInvalid,
                    .refInvalid, .refAmbiguous, .sqlRefused, "name_invalid", .intervalInvalid, "options_invalid",
                    .noticeKindUnknown, .scopesUnfit,
                    .authorizationPending, .slowDown, .accessDenied, .expiredToken, .invalidGrant,
                ]
            ),
            (.forbidden, [.passphraseWrong]),
            (
                .notFound,
                [
                    .connectionNotFound, .connectorUnknown, .entityUnknown, .recordNotFound, .runNotFound,
                    .noticeNotFound, .webhookNotFound, .mailMissing, .recordingNotFound, .userCodeUnknown,
                    "setup_missing", "run_ambiguous", "recording_ambiguous", "connection_ambiguous", "sandbox_missing",
                ]
            ),
            (
                .conflict,
                [
                    .accountTaken, .connectorUnavailable, .connectionInactive, .connectionRevoked, .nameTaken,
                    .ownerMissing, .revisionStale,
                    .runEnded, .runUnderWay, .setupUnderWay, "answer_misplaced", "nothing_before", .leaseLost,
                ]
            ),
            (.gone, [.setupEnded, .linkSpent]),
            (
                .unprocessableContent,
                [
                    .passphraseUnfit, .webhookAddressInvalid, .privateAddress, .mailServerInvalid, .mailAddressInvalid,
                    .mailUserInvalid, .mailPasswordMissing,
                ]
            ),
            (.tooManyRequests, [.tooManyAttempts, .grantsFull, .setupsFull, .webhooksFull]),
            (
                .serviceUnavailable,
                [.vaultLocked, "database_busy", "disk_full", .diskLow, "database_read_only", "sandbox_failed"]
            ),
        ]
        return groups.reduce(into: [:]) { statuses, group in
            for code in group.1 { statuses[code] = group.0 }
        }
    }()
}
