internal import HTTPTypes
internal import Hummingbird
internal import MaxEngines
internal import MaxHub
internal import MaxNotices
internal import MaxServer

extension Console {
    func addServer(to router: Router<ServerContext>) {
        router.get("/server") { request, context in try await showServer(request, context) }
    }

    private func showServer(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let found = await readiness?.findings() ?? []
        let address = CheckPart.address(context.home, isOnlyHere: !isOpenToOthers)
        let mail = CheckPart(of: try await engines.channels().mail())
        return html(ServerPage(found.map(CheckPart.init) + [address, mail, .browser], setting))
    }
}

extension CheckPart {
    /// What was found out by trying, in the words for a page.
    fileprivate init(_ finding: Readiness.Finding) {
        let tone: BadgePart.Tone = finding.ok ? .good : .warn
        let fix = finding.fix?.onPage
        switch finding.check {
        case "store":
            let trouble = finding.detail?.onPage ?? "Records cannot be written."
            self.init("Records", finding.ok ? "Records can be written." : trouble, fix: fix, tone)
        case "vault":
            let sentence =
                finding.ok ? "Secrets are kept encrypted." : "Secrets cannot be kept: a vault key is missing."
            let need = "Whoever keeps this server has to give it the vault key that its secrets were sealed with."
            self.init("Vault key", sentence, fix: finding.ok ? nil : fix ?? need, tone)
        case "disk": self.init("Disk", finding.detail ?? "", fix: fix, tone)
        default: self.init(finding.check, finding.detail?.onPage ?? "", fix: fix, tone)
        }
    }

    /// Where the server is found.
    fileprivate static func address(_ home: ServerOrigin, isOnlyHere: Bool) -> CheckPart {
        let isLocal = ["127.0.0.1", "localhost", "[::1]"].contains(home.host)
        if isLocal, isOnlyHere {
            return CheckPart("Public address", "\(home). Only this machine can open it.", .idle, called: "Local")
        }
        if home.isSecure { return CheckPart("Public address", "\(home)", .good) }
        let sentence =
            isLocal
            ? "\(home). Other machines can open it too, and what is typed there travels unencrypted."
            : "\(home). What you type here travels unencrypted."
        return CheckPart(
            "Public address", sentence, fix: "Give the server a certificate, or put it behind a proxy that has one.",
            .warn)
    }

    /// Whether notices are mailed.
    fileprivate init(of mail: MailChannel?) {
        guard let mail else {
            self.init(
                "Mail", "No mail is set up: notices are on their page only.",
                fix: "Set it up under Notices, Where notices go.", .idle)
            return
        }
        let receiver = mail.settings.to.description
        guard let end = mail.end else {
            self.init("Mail", "Notices are mailed to \(receiver).", .good)
            return
        }
        self.init(
            "Mail", "Nothing is mailed to \(receiver) any more. \(end.sentence)",
            fix: "Correct it under Notices, Where notices go.", .warn)
    }

    /// What this version does not have.
    fileprivate static var browser: CheckPart {
        CheckPart(
            "Browser", "This version cannot open sources that need a browser on the server.", .idle, called: "Not yet")
    }
}
