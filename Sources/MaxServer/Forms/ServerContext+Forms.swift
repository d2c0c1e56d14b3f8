package import Hummingbird

extension ServerContext {
    /// Whether a form was sent; the request's body is read then.
    package var hasForm: Bool { form != nil }

    /// The form that a page of this server sent.
    ///
    /// A signed-in owner's form carries ``csrf``, which was checked on the way in as for every request that changes
    /// something. Somebody who is not signed in has no such token: there the browser's own word for where the form comes
    /// from has to be present.
    ///
    /// - Throws: ``Refusal`` with status 415 when no form was sent, 403 when it may come from elsewhere.
    package func checkedForm(_ request: Request) throws -> FormBody {
        guard let form else { throw Refusal.formMissing }
        if case .owner = asker { return form }
        guard provenance == .own else { throw Refusal.foreignForm }
        return form
    }

    /// The form that was sent, wherever it comes from: for programs, which have no cookie that somebody could abuse.
    ///
    /// - Throws: ``Refusal`` with status 415 when no form was sent.
    package func openForm() throws -> FormBody {
        guard let form else { throw Refusal.formMissing }
        return form
    }
}
