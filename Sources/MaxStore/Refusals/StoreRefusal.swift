internal import MaxCore
internal import MaxHub

extension MaxError {
    static let nameTaken = MaxError(.nameTaken, "Another connection has that name.", fix: "Choose another name.")

    static let accountTaken = MaxError(
        .accountTaken, "Another connection has this account.", fix: "Update that connection instead.")

    static let connectionErased = MaxError(
        .connectionNotFound, "This connection was erased; nothing more is stored for it.",
        fix: "Add the account anew.")

    static let connectionRevoked = MaxError(
        .connectionRevoked, "This connection was disconnected and holds no secrets.", fix: "Reconnect it.")

    static let revisionStale = MaxError(
        .revisionStale, "Another answer to this setup came first.", fix: "Look at it again and go on from there.")

    static let setupEnded = MaxError(
        .setupEnded, "This setup was finished, cancelled, or left alone for too long.", fix: "Begin a new one.")

    static let setupUnderWay = MaxError(
        .setupUnderWay, "Another setup of this connection is not finished.", fix: "Continue or cancel that one first.")

    static let dataKeyGone = MaxError(
        .dataKeyGone, "The key this secret was sealed with was replaced in the meantime.", fix: "Try again.")

    static let masterKeyRetired = MaxError(
        .dataKeyGone, "A rotation has put this master key out of use; nothing more is sealed under it.",
        fix: "Try again; if it stays so, give Max the master key that is in use now, before any older one.")

    static func connectionNotFound(_ id: ConnectionID) -> MaxError {
        MaxError(
            .connectionNotFound, "There is no connection “\(id.rawValue)”.", fix: "List the connections there are.")
    }
}
